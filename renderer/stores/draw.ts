import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { toErrorMessage } from '#shared/contract/errors.ts'
import { DIGIT_SIDE, type Answer, type RequestOf } from '#shared/contract/methods.ts'
import { place, resolveChoices, type Choices } from '../drawing/choices.ts'
import { LatestRequest } from '../drawing/latest.ts'
import { useLabStore } from './lab.ts'
import { useRunsStore } from './runs.ts'

/** Which two runs answer in Draw, what they are asked, and what they say. */
export const useDrawStore = defineStore('draw', () => {
  const lab = useLabStore()
  const runs = useRunsStore()

  /** What the person has chosen; the rest follows the newest runs. */
  const chosen = shallowRef<Choices>([null, null])
  const choices = computed(() => resolveChoices(chosen.value, runs.usable))
  /** What the networks see: 28×28 bytes as MNIST's; `null` while nothing is drawn. */
  const digit = shallowRef<Uint8Array<ArrayBuffer> | null>(null)
  const answers = shallowRef<ReadonlyMap<string, Answer>>(new Map())
  const problem = ref<string | null>(null)

  const warm = new Set<string>()

  const question = new LatestRequest<RequestOf<'digits.predict'>, Answer[]>({
    send: (input) => lab.request('digits.predict', input),
    receive: (output) => {
      answers.value = new Map(output.map((answer) => [answer.runId, answer]))
      problem.value = null
    },
    fail: (error) => {
      answers.value = new Map()
      problem.value = toErrorMessage(error).message
    },
  })

  function ask(): void {
    const asked = [...new Set(choices.value.filter((id) => id !== null))]
    if (digit.value && asked.length > 0) return question.submit({ runs: asked, pixels: digit.value })
    question.cancel()
    answers.value = new Map()
    problem.value = null
    void warmUp(asked)
  }

  /**
   * Asks about a dot that nobody drew, so that the networks are in memory by the time of the first stroke. What fails
   * here fails again, and is shown, when there is something to answer.
   */
  async function warmUp(ids: readonly string[]): Promise<void> {
    const cold = ids.filter((id) => !warm.has(id))
    if (cold.length === 0) return
    for (const id of cold) warm.add(id)
    const pixels = new Uint8Array(DIGIT_SIDE * DIGIT_SIDE).fill(255, 406, 407)
    await lab.request('digits.predict', { runs: cold, pixels }).catch(() => undefined)
  }

  watch([digit, () => choices.value.join()], ask, { immediate: true })

  /** Lets a run answer, in the place of its kind. */
  function use(id: string): void {
    const run = runs.usable.find((candidate) => candidate.id === id)
    if (run && !choices.value.includes(id)) chosen.value = place(chosen.value, run)
  }

  function choose(position: 0 | 1, id: string): void {
    const [first, second] = chosen.value
    chosen.value = position === 0 ? [id, second] : [first, id]
  }

  return { choices, digit, answers, problem, use, choose, ask }
})
