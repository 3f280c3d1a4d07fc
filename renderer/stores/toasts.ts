import { defineStore } from 'pinia'
import { ref } from 'vue'

export interface Toast {
  readonly id: number
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

  function show(message: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): number {
    const id = ++lastId
    shown.value.push({ id, message, tone: 'plain', ...options })
    setTimeout(() => dismiss(id), SHOWN_MS)
    return id
  }

  function dismiss(id: number): void {
    shown.value = shown.value.filter((toast) => toast.id !== id)
  }

  return { shown, show, dismiss }
})
