import { expect, test } from 'vitest'
import { limitTags } from '../../src/values/limit-tags.ts'

test('without tags there are none', () => {
  expect(limitTags()).toEqual({})
})

test('at most 200 tags are kept, the first', () => {
  const tags = Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`tag${index}`, index]))
  const kept = Object.keys(limitTags(tags))
  expect(kept).toHaveLength(200)
  expect(kept.at(-1)).toBe('tag199')
})

test('a name of 200 characters is kept, a longer one is dropped and takes no other tag’s place', () => {
  const fitting = Object.fromEntries(Array.from({ length: 199 }, (_, index) => [`tag${index}`, true]))
  const kept = limitTags({ ['x'.repeat(201)]: 'dropped', ['y'.repeat(200)]: 'kept', ...fitting })
  expect(Object.keys(kept)).toEqual(['y'.repeat(200), ...Object.keys(fitting)])
})

test('a text ends after 1,000 characters, never within one', () => {
  const { long, split, number } = limitTags({
    long: 'a'.repeat(1_001),
    split: `${'a'.repeat(999)}🙂`,
    number: 1e300,
  })
  expect(long).toBe('a'.repeat(1_000))
  expect(split).toBe('a'.repeat(999))
  expect(number).toBe(1e300)
})
