import { afterEach, expect, it, vi } from 'vitest'
import { remember, remembered } from '../../../src/edit/draft/tab-memory.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  sessionStorage.clear()
})

const tour = { id: 'welcome', steps: [{ id: 'hello', type: 'modal' as const, title: 'Hello' }] }

it('hands the token and what is not saved to the next page of the tab', () => {
  remember({ token: 't', unsaved: { rev: 3, tour }, index: 1 })
  expect(remembered()).toEqual({ token: 't', unsaved: { rev: 3, tour }, index: 1 })
  remember(undefined)
  expect(remembered()).toBeUndefined()
})

it.each(['', 'null', '{', '[]', '"t"', '7', '{"token":7}', '{"unsaved":{}}'])(
  'takes %s, which the page may have put there, for nothing',
  text => {
    sessionStorage.setItem('tourhook-edit', text)
    expect(remembered()).toBeUndefined()
  },
)

it('drops what is not saved where it is no tour, and keeps the token', () => {
  for (const unsaved of [7, 'x', null, {}, { rev: 1 }, { rev: 1, tour: null }, { rev: 'x', tour }]) {
    sessionStorage.setItem('tourhook-edit', JSON.stringify({ token: 't', unsaved, index: 'one' }))
    expect(remembered()).toEqual({ token: 't' })
  }
})

it('lasts for the page where the browser has no storage', () => {
  const refuse = () => {
    throw new DOMException('denied', 'SecurityError')
  }
  vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse, clear() {} })
  expect(() => remember({ token: 't' })).not.toThrow()
  expect(remembered()).toBeUndefined()
})
