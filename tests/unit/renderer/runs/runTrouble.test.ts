import { expect, test } from 'vitest'
import RunTrouble from '../../../../renderer/features/runs/RunTrouble.vue'
import { mountOnPage } from '../mount.ts'
import { summary } from '../runFixtures.ts'

async function trouble(changes: object) {
  const { wrapper } = await mountOnPage(RunTrouble, { props: { run: summary(changes), problem: null } })
  const words = wrapper.find('.words')
  const found = words.exists() ? { role: words.attributes('role'), text: words.text() } : null
  wrapper.unmount()
  return found
}

test('what should be known of a run that finished is said quietly', async () => {
  const message = 'It has the weights of epoch 5, the best by test loss.'
  expect(await trouble({ status: 'finished', message })).toEqual({ role: 'status', text: message })
  expect(await trouble({ status: 'finished', message: null })).toBeNull()
})

test('what went wrong is said aloud', async () => {
  expect(await trouble({ status: 'failed', message: 'The loss became NaN.' })).toEqual({
    role: 'alert',
    text: 'The loss became NaN.',
  })
})
