import { expect, test } from 'vitest'
import { byId } from '../../src/values/by-id.ts'

test('the first item with the id is found', () => {
  const items = [{ id: 'a' }, { name: 'without an id' }, { id: 'b', order: 1 }, { id: 'b', order: 2 }]
  expect(byId(items, 'b', 'tour')).toBe(items[2])
})

test('an id that nothing has is an error that names it and what was looked for', () => {
  expect(() => byId([{ id: 'a' }, { id: undefined }], 'z', 'tour')).toThrow('no tour has the id "z"')
  expect(() => byId([], '', 'webhook')).toThrow('no webhook has the id ""')
})
