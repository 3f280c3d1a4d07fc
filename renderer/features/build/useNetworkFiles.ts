import { toErrorMessage } from '#shared/contract/errors.ts'
import { download } from '../../charts/download.ts'
import { fileNameOf, readNetworkFile, writeNetworkFile } from '../../editing/files.ts'
import { useDraftStore } from '../../stores/draft.ts'
import { useRoomStore } from '../../stores/room.ts'
import { useToastsStore } from '../../stores/toasts.ts'
import { leaveBench } from './openNetwork.ts'

/** Networks as files: JSON that the command line trains too. */
export function useNetworkFiles() {
  const draft = useDraftStore()
  const room = useRoomStore()
  const toasts = useToastsStore()

  /** What is wrong is said in one sentence. */
  async function attempt(work: () => Promise<void> | void): Promise<void> {
    try {
      await work()
    } catch (error) {
      toasts.show(toErrorMessage(error).message, { tone: 'danger' })
    }
  }

  const open = (file: File) =>
    attempt(async () => {
      const { spec, settings } = readNetworkFile(await file.text(), file.name)
      leaveBench(() => draft.openSpec(spec, settings))
      room.go('build', null)
    })

  return {
    open,
    /** Asks for a file and puts its network on the bench. */
    choose(): void {
      const input = document.createElement('input')
      input.type = 'file'
      input.accept = '.json,application/json'
      input.addEventListener('change', () => input.files?.[0] && void open(input.files[0]), { once: true })
      input.click()
    },
    save: () =>
      attempt(() => {
        const content = new Blob([writeNetworkFile(draft.spec)], { type: 'application/json' })
        download(fileNameOf(draft.name, 'json'), content)
      }),
  }
}
