import { expect, test } from 'vitest'
import { wholeMs } from '../../src/values/whole-ms.ts'

test('a time is rounded to whole milliseconds', () => {
  expect([0, 1.4, 1.5, -1.6, 1_700_000_000_000.4].map(wholeMs)).toEqual([0, 1, 2, -2, 1_700_000_000_000])
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d is no time', ms => {
  expect(() => wholeMs(ms)).toThrow(`expected a time in milliseconds, got ${ms}`)
  expect(() => wholeMs(ms)).toThrow(TypeError)
})
