import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface Toast {
  readonly id: number
  /** One of a kind is shown at a time, the latest; a message is its own kind where nothing else is said. */
  readonly kind: string
  readonly message: string
  readonly tone: 'plain' | 'danger'
  readonly action?: { readonly label: string; readonly run: () => void }
}

/** Long enough to read a sentence and reach for Undo. */
const SHOWN_MS = 8000

/** Short messages at the bottom of the window; the way back from a deletion stands in them. */
export const useToastsStore = defineStore('toasts', () => {
  const shown = ref<Toast[]>([])
  let lastId = 0

  function show(message: string, options: Partial<Pick<Toast, 'kind' | 'tone' | 'action'>> = {}): number {
    const id = ++lastId
    const toast: Toast = { id, kind: message, message, tone: 'plain', ...options }
    shown.value = [...shown.value.filter(({ kind }) => kind !== toast.kind), toast]
    setTimeout(() => dismiss(id), SHOWN_MS)
    return id
  }

  function dismiss(id: number): void {
    shown.value = shown.value.filter((toast) => toast.id !== id)
  }

  return { shown, show, dismiss }
})
