import { toErrorMessage } from '#shared/contract/errors.ts'
import { wordsOf } from '#shared/model/words.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useRoomStore } from '../../stores/room.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/**
 * What is done with the network on the bench as a whole.
 *
 * @param askForName called where it is to be saved and has no name of its own yet.
 */
export function useNetworkActions(askForName: () => void) {
  const draft = useDraftStore()
  const room = useRoomStore()
  const toasts = useToastsStore()

  /** A network that was saved under its name is saved again; any other is given a name first. */
  async function save(): Promise<void> {
    if (draft.origin?.source !== 'saved' || draft.origin.title !== draft.name.trim()) askForName()
    else if (await draft.save(draft.name)) toasts.show(`Saved “${draft.name}”.`)
  }

  /** Whether the network can be started; if not, the reason is said, and its first wrong layer is selected. */
  function isStartable(): boolean {
    const wrongLayer = draft.analysis.problems.find((problem) => problem.layerId)?.layerId
    if (wrongLayer) draft.selectedId = wrongLayer
    if (!draft.isSound) toasts.show(`Not started. ${firstProblem()}`, { kind: 'not started', tone: 'danger' })
    return draft.isSound
  }

  /** Of the network, else of its training, whose fields may be out of sight. */
  function firstProblem(): string {
    const [problem] = draft.analysis.problems
    if (draft.nameError) return draft.nameError
    if (problem) return `${problem.message} ${problem.fix}`
    const [setting] = Object.entries(draft.settingsErrors)
    if (!setting) return `Repeats: ${draft.repeatsError}`
    const [name, sentence] = setting
    const words = wordsOf(name.split('.').at(-1)!)
    return `${words[0]!.toUpperCase()}${words.slice(1)}: ${sentence}`
  }

  async function start(): Promise<void> {
    const run = isStartable() ? await draft.start() : null
    if (run) room.go('train', run.id)
  }

  async function startBoth(): Promise<void> {
    const pair = isStartable() ? await draft.startBoth() : null
    if (pair) room.go('train', pair[0]!.id)
  }

  function makeTwin(): void {
    try {
      draft.makeTwin()
    } catch (error) {
      toasts.show(toErrorMessage(error).message, { tone: 'danger' })
    }
  }

  return {
    save: () => void save(),
    start: () => void start(),
    startBoth: () => void startBoth(),
    makeTwin,
  }
}
