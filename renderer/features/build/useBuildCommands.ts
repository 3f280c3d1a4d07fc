import { useCommands } from '../../stores/commands.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useRoomStore } from '../../stores/room.ts'
import { leaveBench } from './openNetwork.ts'
import { isTyping } from './typing.ts'
import { useNetworkFiles } from './useNetworkFiles.ts'

/** The commands of the Network menu, in groups, by their ids. */
export const NETWORK_MENU = [
  ['build.new', 'build.open', 'build.save', 'build.saveAs'],
  ['build.import', 'build.export', 'build.code'],
  ['build.twin', 'build.both'],
] as const

interface BuildActions {
  readonly start: () => void
  readonly open: () => void
  readonly save: () => void
  readonly saveAs: () => void
  readonly search: () => void
  readonly makeTwin: () => void
  readonly startBoth: () => void
  readonly showCode: () => void
}

/** What can be done in Build by the palette and by keys. */
export function useBuildCommands({
  start,
  open,
  save,
  saveAs,
  search,
  makeTwin,
  startBoth,
  showCode,
}: BuildActions): void {
  const draft = useDraftStore()
  const room = useRoomStore()
  const files = useNetworkFiles()
  const inBuild = { room: 'build' } as const

  useCommands([
    {
      id: 'training.start',
      title: 'Start training this network',
      keys: ['Ctrl+Enter'],
      // The native menu offers it everywhere; what would be started must be in sight.
      run: () => (room.room === 'build' ? start() : room.go('build')),
    },
    { ...inBuild, id: 'build.new', title: 'New network', run: () => leaveBench(draft.clear) },
    { ...inBuild, id: 'build.open', title: 'Open a network', keys: ['Ctrl+O'], run: open },
    { ...inBuild, id: 'build.save', title: 'Save this network', keys: ['Ctrl+S'], run: save },
    { ...inBuild, id: 'build.saveAs', title: 'Save this network as', keys: ['Ctrl+Shift+S'], run: saveAs },
    { ...inBuild, id: 'build.import', title: 'Import a network from a file', run: files.choose },
    { ...inBuild, id: 'build.export', title: 'Export this network to a file', run: () => void files.save() },
    { ...inBuild, id: 'build.code', title: 'Show this network as PyTorch code', run: showCode },
    {
      ...inBuild,
      id: 'build.twin',
      get title() {
        return draft.isBinary ? 'Make its full-precision twin' : 'Make its binary version'
      },
      run: makeTwin,
    },
    { ...inBuild, id: 'build.both', title: 'Train this network and its twin', run: startBoth },
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
