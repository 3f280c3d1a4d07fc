import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../../..')

function sources(folder: string): { name: string; text: string }[] {
  const path = resolve(ROOT, folder)
  return readdirSync(path).map((name) => ({
    name: `${folder}/${name}`,
    text: readFileSync(resolve(path, name), 'utf8'),
  }))
}

/** Lines of Electron's security checklist that are kept by what the sources do not contain. */
describe('the shell', () => {
  test.each([
    'webSecurity',
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'webviewTag',
    'nodeIntegrationInSubFrames',
    'nodeIntegrationInWorker',
    'nodeIntegration: true',
    'sandbox: false',
    'contextIsolation: false',
    'executeJavaScript',
    'loadFile',
    'file://',
    'bypassCSP',
    'ipcRenderer.sendSync',
  ])('never says %s', (forbidden) => {
    const found = [...sources('electron/main'), ...sources('electron/preload')].filter(({ text }) =>
      text.includes(forbidden),
    )
    expect(found.map(({ name }) => name)).toEqual([])
  })

  test('is built for one exact Electron, of a line that still got fixes when it was chosen', () => {
    const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(manifest.devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number.parseInt(manifest.devDependencies['electron']!)).toBeGreaterThanOrEqual(45)
  })
})
