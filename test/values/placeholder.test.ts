import { expect, test } from 'vitest'
import { onlyPlaceholder, placeholdersIn } from '../../src/values/placeholder.ts'

test('the placeholders of a text are named in their order, repeats too', () => {
  expect(placeholdersIn('{role} of {page.url}, {role}')).toEqual(['role', 'page.url', 'role'])
  expect(placeholdersIn('{größe} {user_id} {tag-1}')).toEqual(['größe', 'user_id', 'tag-1'])
})

test.each(['', 'role', '{}', '{a b}', '{"a":1}', '{ role }'])('%j has no placeholder', text => {
  expect(placeholdersIn(text)).toEqual([])
})

test.each([
  ['{role}', true],
  ['{role} ', false],
  ['{a}{b}', false],
  ['role', false],
])('%j is a placeholder and nothing else: %j', (text, expected) => {
  expect(onlyPlaceholder.test(text)).toBe(expected)
})

test('a text can be read again and again', () => {
  expect(placeholdersIn('{a}')).toEqual(placeholdersIn('{a}'))
})
