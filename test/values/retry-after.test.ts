import { expect, it } from 'vitest'
import { retryAfterMs } from '../../src/values/retry-after.ts'

const now = Date.UTC(2026, 10, 23, 9)

it.each([
  ['120', 120_000],
  ['292.052427053', 292_053],
  ['0.0001', 1],
  [' 5 ', 5000],
  ['120, 60', 120_000],
  ['120,120', 120_000],
  ['Mon, 23 Nov 2026 09:00:30 GMT', 30_000],
])('reads %j as whole milliseconds', (header, ms) => {
  expect(retryAfterMs(header, now)).toBe(ms)
})

it.each([
  '',
  '0',
  '-5',
  'soon',
  'Infinity',
  '1e999',
  '9'.repeat(400),
  '0x10',
  'Mon, 23 Nov 2026 08:59:30 GMT',
  null,
  undefined,
])('reads no wait from %j', header => {
  expect(retryAfterMs(header, now)).toBeUndefined()
})

it('never makes a time of fractions, also where the clock has them', () => {
  expect(retryAfterMs('Mon, 23 Nov 2026 09:00:30 GMT', now + 0.25)).toBe(30_000)
})
