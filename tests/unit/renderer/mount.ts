import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { TooltipProvider } from 'reka-ui'
import { createPinia, disposePinia, setActivePinia, type Pinia } from 'pinia'
import { defineComponent, h, type Component } from 'vue'
import { openStores } from '../../../renderer/stores/open.ts'
import { FakeLab } from './fakeLab.ts'

let last: Pinia | null = null

/**
 * A page connected to `lab`, as main.ts makes it, with nothing drawn yet. The page before it is closed: its timers
 * would make its stores the current ones.
 */
export async function openPage(lab: FakeLab = new FakeLab()) {
  if (last) disposePinia(last)
  const pinia = (last = createPinia())
  setActivePinia(pinia)
  await openStores(lab)
  return { lab, pinia }
}

/** Draws one component on such a page; unmount it when done. */
export async function mountOnPage(
  component: Component,
  options: { lab?: FakeLab; props?: Record<string, unknown> } = {},
): Promise<{ lab: FakeLab; wrapper: VueWrapper }> {
  const { lab, pinia } = await openPage(options.lab)
  const host = defineComponent(() => () => h(TooltipProvider, () => h(component, options.props)))
  return { lab, wrapper: mount(host, { attachTo: document.body, global: { plugins: [pinia] } }) }
}

/** Waits until every piece of a room is there: each comes in a frame of its own, the inner ones after the outer. */
export async function allPieces(): Promise<void> {
  for (let frame = 0; frame < 24; frame++) await new Promise((resolve) => requestAnimationFrame(resolve))
  await flushPromises()
}
