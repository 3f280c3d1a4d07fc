import { useCommands } from '../../stores/commands.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useRoomStore } from '../../stores/room.ts'
import { isTyping } from './typing.ts'

interface BuildActions {
  readonly start: () => void
  readonly save: () => void
  readonly search: () => void
}

/** What can be done in Build by the palette and by keys. */
export function useBuildCommands({ start, save, search }: BuildActions): void {
  const draft = useDraftStore()
  const room = useRoomStore()
  const inBuild = { room: 'build' } as const

  useCommands([
    {
      id: 'training.start',
      title: 'Start training this network',
      keys: ['Ctrl+Enter'],
      // The native menu offers it everywhere; what would be started must be in sight.
      run: () => (room.room === 'build' ? start() : room.go('build')),
    },
    { ...inBuild, id: 'build.save', title: 'Save this network as', keys: ['Ctrl+S'], run: save },
    { ...inBuild, id: 'build.search', title: 'Add a layer', keys: ['/', 'Ctrl+Space'], run: search },
    {
      ...inBuild,
      id: 'build.undo',
      get title() {
        return `Undo ${draft.undoLabel ?? ''}`.trim()
      },
      keys: ['Ctrl+Z'],
      enabled: () => draft.undoLabel !== null && !isTyping(),
      run: () => draft.undo(),
    },
    {
      ...inBuild,
      id: 'build.redo',
      get title() {
        return `Redo ${draft.redoLabel ?? ''}`.trim()
      },
      keys: ['Ctrl+Shift+Z', 'Ctrl+Y'],
      enabled: () => draft.redoLabel !== null && !isTyping(),
      run: () => draft.redo(),
    },
    {
      ...inBuild,
      id: 'build.selectAll',
      title: 'Select all layers',
      keys: ['Ctrl+A'],
      enabled: () => draft.layers.length > 0 && !isTyping(),
      run: () => draft.selectAll(),
    },
    {
      ...inBuild,
      id: 'build.duplicate',
      title: 'Duplicate the selected layers',
      keys: ['Ctrl+D'],
      enabled: () => draft.selected.length > 0 && !isTyping(),
      run: () => draft.duplicate(),
    },
  ])
}
