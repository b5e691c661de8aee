import { afterEach, expect, test, vi } from 'vitest'
import { lastIndexOf } from '../../src/values/last-index.ts'
import { listOf } from '../../src/values/list-of.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

test('the last item that passes is found by its index', () => {
  expect(lastIndexOf([1, 4, 2, 5], item => item < 3)).toBe(2)
  expect(lastIndexOf(['a', 'b', 'c'], (_, index) => index < 2)).toBe(1)
})

test('there is no last index where nothing passes', () => {
  expect(lastIndexOf([1, 2], () => false)).toBe(-1)
  expect(lastIndexOf([], () => true)).toBe(-1)
})

test('a list holds what an array-like holds, though a library has replaced Array.from and the iterators', () => {
  vi.spyOn(Array, 'from').mockImplementation(() => ['broken'])
  vi.spyOn(Array.prototype, Symbol.iterator).mockImplementation(() => {
    throw new Error('broken')
  })
  const list = listOf({ length: 3, 0: 'a', 2: 'c' })
  vi.restoreAllMocks()
  expect(list).toEqual(['a', undefined, 'c'])
})
