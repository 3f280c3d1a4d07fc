import { onBeforeUnmount, onMounted, shallowRef, type Ref, type ShallowRef } from 'vue'
import { onThemeChange } from '../charts/theme.ts'
import { readPalette, type WeightPalette } from './palette.ts'

/** The colours at an element, kept up with the theme; null until it is there. */
export function usePalette(element: Readonly<Ref<Element | null>>): Readonly<ShallowRef<WeightPalette | null>> {
  const palette = shallowRef<WeightPalette | null>(null)
  const read = () => {
    if (element.value) palette.value = readPalette(element.value)
  }
  onMounted(read)
  onBeforeUnmount(onThemeChange(read))
  return palette
}
