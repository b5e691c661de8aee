import { expect, test } from 'vitest'
import { meetsConditions } from '../../src/values/tag-conditions.ts'

test.each([
  [{ is: 'pro' }, 'pro', true],
  [{ is: 'pro' }, undefined, false],
  [{ is: 5 }, '5', true],
  [{ is: true }, true, true],
  [{ isNot: 'pro' }, 'free', true],
  [{ isNot: 'pro' }, undefined, true],
  [{ isNot: 'pro' }, 'pro', false],
  [{ contains: 'dev' }, 'developer', true],
  [{ contains: 'dev' }, undefined, false],
  [{ notContains: 'dev' }, 'developer', false],
  [{ notContains: 'dev' }, undefined, true],
  [{ hasText: true }, '  ', false],
  [{ hasText: true }, 0, true],
  [{ hasText: false }, undefined, true],
  [{ isNot: 'free', contains: 'r' }, 'pro', true],
  [{ isNot: 'free', contains: 'x' }, 'pro', false],
])('%j of the tag %j: %j', (condition, value, expected) => {
  expect(meetsConditions({ plan: condition }, value === undefined ? {} : { plan: value })).toBe(expected)
})

test('every tag must meet its condition', () => {
  const conditions = { plan: { is: 'pro' }, role: { is: 'admin' } }
  expect(meetsConditions(conditions, { plan: 'pro', role: 'admin' })).toBe(true)
  expect(meetsConditions(conditions, { plan: 'pro' })).toBe(false)
  expect(meetsConditions({}, {})).toBe(true)
})

test('what objects inherit is no tag', () => {
  expect(meetsConditions({ constructor: { hasText: true } }, {})).toBe(false)
})
