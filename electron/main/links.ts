import { shell } from 'electron'

/** The only addresses that Signum ever hands to the browser. None comes from a file, a run or the page. */
export const LINKS = {
  'BNN: Binarized Neural Networks': 'https://arxiv.org/abs/1602.02830',
  'XNOR-Net: Binary Convolutions': 'https://arxiv.org/abs/1603.05279',
  'BITorch: the Framework of the Notebook': 'https://bitorch.readthedocs.io/',
} as const

export type LinkName = keyof typeof LINKS

export async function openLink(name: LinkName): Promise<void> {
  if (!Object.hasOwn(LINKS, name)) throw new Error(`There is no link "${name}".`)
  await shell.openExternal(LINKS[name])
}
