import { expect, it } from 'vitest'
import { rebased } from '../../../src/edit/draft/rebased.ts'
import type { Json } from '../../../src/values/json.ts'

const a = { id: 'a', title: 'A', content: 'a' }
const b = { id: 'b', title: 'B' }
const c = { id: 'c', title: 'C' }

it.each<[string, Json, Json, Json, Json]>([
  ['what only one has changed', { x: 1, y: 1 }, { x: 2, y: 1 }, { x: 1, y: 2 }, { x: 2, y: 2 }],
  ['what both have changed, as yours', { x: 1 }, { x: 2 }, { x: 3 }, { x: 3 }],
  ['what one has taken out', { x: 1, y: 1, z: 1 }, { y: 1, z: 1 }, { x: 1, z: 1 }, { z: 1 }],
  ['what each has added', { x: 1 }, { x: 1, y: 2 }, { x: 1, z: 3 }, { x: 1, y: 2, z: 3 }],
  [
    'items by their ids',
    [a, b],
    [{ ...a, content: 'theirs' }, b],
    [b, { ...a, title: 'yours' }],
    [b, { ...a, title: 'yours', content: 'theirs' }],
  ],
  ['an item that they have put in', [a, b], [a, c, b], [{ ...a, title: 'x' }, b], [{ ...a, title: 'x' }, c, b]],
  ['an item that they have taken out', [a, b], [b], [a, { ...b, title: 'x' }], [{ ...b, title: 'x' }]],
  ['an item that you have taken out', [a, b], [a, { ...b, title: 'x' }], [a], [a]],
  ['an item that you have put in', [a], [{ ...a, title: 'x' }], [a, b], [{ ...a, title: 'x' }, b]],
])('has %s', (_, base, theirs, yours, expected) => {
  expect(rebased(base, theirs, yours)).toEqual(expected)
})
