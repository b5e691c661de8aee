import { expect, test } from 'vitest'
import { durationInWords } from '../../../src/server/emitter/duration.ts'

test.each([
  [0, 'less than a second'],
  [400, 'less than a second'],
  [1_000, '1 second'],
  [4_900, '5 seconds'],
  [59_000, '1 minute'],
  [300_000, '5 minutes'],
  [7_200_000, '2 hours'],
  [86_000_000, '1 day'],
  [3 * 86_400_000, '3 days'],
])('%d ms are %s', (ms, words) => {
  expect(durationInWords(ms)).toBe(words)
})
