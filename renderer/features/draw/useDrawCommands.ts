import type { Ref } from 'vue'
import { useCommands } from '../../stores/commands.ts'

interface PadActions {
  readonly canUndo: Ref<boolean>
  readonly isEmpty: Ref<boolean>
  readonly erases: Ref<boolean>
  readonly undo: () => void
  readonly clear: () => void
  /** Takes a test image, of this digit if one is given. */
  readonly load: (digit: number | null) => Promise<void>
}

/** What can be done in Draw by keys and by the command palette. */
export function useDrawCommands({ canUndo, isEmpty, erases, undo, clear, load }: PadActions): void {
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
    ...Array.from({ length: 10 }, (_, digit) => ({
      id: `draw.sample.${digit}`,
      title: `Take a ${digit} from the test images`,
      keys: [String(digit)],
      room,
      run: () => void load(digit),
    })),
  ])
}
