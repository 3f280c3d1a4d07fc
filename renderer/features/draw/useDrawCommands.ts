import type { Ref } from 'vue'
import { classesOf } from '#shared/model/datasets.ts'
import { useCommands } from '../../stores/commands.ts'

interface PadActions {
  readonly canUndo: Ref<boolean>
  readonly isEmpty: Ref<boolean>
  readonly erases: Ref<boolean>
  readonly undo: () => void
  readonly clear: () => void
  /** Which test images there are to take. */
  readonly dataset: Readonly<Ref<string>>
  /** Takes a test image, of this class if one is given. */
  readonly load: (label: number | null) => Promise<void>
}

/** What can be done in Draw by keys and by the command palette. */
export function useDrawCommands({ canUndo, isEmpty, erases, undo, clear, dataset, load }: PadActions): void {
  const room = 'draw' as const
  useCommands([
    { id: 'draw.undo', title: 'Undo the last stroke', keys: ['Ctrl+Z'], room, enabled: () => canUndo.value, run: undo },
    {
      id: 'draw.clear',
      title: 'Clear the pad',
      keys: ['Delete', 'Backspace'],
      room,
      enabled: () => !isEmpty.value,
      run: clear,
    },
    {
      id: 'draw.erase',
      title: 'Switch between pen and eraser',
      keys: ['E'],
      room,
      run: () => (erases.value = !erases.value),
    },
    { id: 'draw.sample', title: 'Take any test image', keys: ['N'], room, run: () => void load(null) },
    ...Array.from({ length: 10 }, (_, label) => ({
      id: `draw.sample.${label}`,
      get title() {
        return `Take a random ${classesOf(dataset.value)[label]} from the test images`
      },
      keys: [String(label)],
      room,
      run: () => void load(label),
    })),
  ])
}
