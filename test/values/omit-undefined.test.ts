import { expect, test } from 'vitest'
import { omitUndefined } from '../../src/values/omit-undefined.ts'

test('entries without a value are absent, and null, false, 0 and an empty text stay', () => {
  const values = omitUndefined({ a: undefined, b: null, c: false, d: 0, e: '' })
  expect(Object.keys(values)).toEqual(['b', 'c', 'd', 'e'])
})

test('what was given stays as it is', () => {
  const given = { a: undefined, b: 1 }
  omitUndefined(given)
  expect('a' in given).toBe(true)
})
