import { ref } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { download } from '../../charts/download.ts'
import { fileNameOf } from '../../editing/files.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useDrawStore } from '../../stores/draw.ts'
import { useLabStore } from '../../stores/lab.ts'
import { useRoomStore } from '../../stores/room.ts'
import { useRunsStore } from '../../stores/runs.ts'
import { useToastsStore } from '../../stores/toasts.ts'

/** What every room can do with a run. What the lab refuses is said in a toast. */
export function useRunActions() {
  const lab = useLabStore()
  const runs = useRunsStore()
  const room = useRoomStore()
  const draft = useDraftStore()
  const toasts = useToastsStore()
  const busy = ref(false)

  /** @returns whether it was done. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      await work()
      return true
    } catch (error) {
      toasts.show(toErrorMessage(error).message, { tone: 'danger' })
      return false
    } finally {
      busy.value = false
    }
  }

  const pause = (id: string) => attempt(() => runs.pause(id))
  const resume = (id: string) => attempt(() => runs.resume(id))
  const stop = (id: string) => attempt(() => runs.stop(id))
  const step = (id: string, unit: 'batch' | 'epoch') => attempt(() => runs.step(id, unit))
  const setLearningRate = (id: string, rate: number) => attempt(() => runs.setLearningRate(id, rate))
  const checkpoint = (id: string) => attempt(() => runs.checkpoint(id))
  const rename = (id: string, name: string) => attempt(() => runs.rename(id, name))

  /** Hides runs and offers the way back for as many as could be. */
  async function remove(ids: readonly string[]): Promise<void> {
    const gone: { id: string; name: string }[] = []
    await attempt(async () => {
      for (const id of ids) {
        const name = runs.find(id)?.name ?? id
        await runs.remove(id)
        gone.push({ id, name })
      }
    })
    if (gone.length === 0) return
    toasts.show(gone.length === 1 ? `“${gone[0]!.name}” was deleted.` : `${gone.length} runs were deleted.`, {
      action: { label: 'Undo', run: () => void restore(gone.map(({ id }) => id)) },
    })
  }

  const restore = (ids: readonly string[]) =>
    attempt(async () => {
      for (const id of ids) await runs.restore(id)
    })

  /** Puts the run's network and settings on the bench in Build. */
  const build = (id: string) =>
    attempt(async () => {
      const { spec, settings } = await lab.request('runs.get', { id })
      draft.openSpec(spec, settings)
      room.go('build', null)
    })

  /** Saves the trained network with its binary weights as bits, for `signum predict` and `signum evaluate`. */
  const exportPacked = (id: string, name: string) =>
    attempt(async () => {
      const { file } = await lab.request('runs.pack', { id })
      download(fileNameOf(name, 'packed'), new Blob([file], { type: 'application/octet-stream' }))
    })

  /** Lets the run answer in Draw, also where the room was opened with it before. */
  function draw(id: string): void {
    useDrawStore().use(id)
    room.go('draw', id)
  }

  return {
    busy,
    pause,
    resume,
    stop,
    step,
    setLearningRate,
    checkpoint,
    rename,
    remove,
    build,
    exportPacked,
    open: (id: string) => room.go('train', id),
    draw,
  }
}
