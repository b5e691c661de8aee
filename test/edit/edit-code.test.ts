import { afterEach, expect, it } from 'vitest'
import { isEditing, takeEditCode } from '../../src/edit/edit-code.ts'

const code = 'AbCdEfGhIjKlMnOpQrSt-_'

afterEach(() => {
  sessionStorage.clear()
  history.replaceState(null, '', location.pathname)
})

it.each([
  [`#tourhook-edit=${code}`, ''],
  [`#/orders/7&tourhook-edit=${code}`, '#/orders/7'],
  [`#a=1&tourhook-edit=${code}`, '#a=1'],
])('takes the code out of %s, and leaves the page its own hash', (hash, left) => {
  history.replaceState({ page: 1 }, '', hash)
  expect(isEditing()).toBe(true)
  expect(takeEditCode()).toBe(code)
  expect(location.hash).toBe(left)
  expect(history.state).toEqual({ page: 1 })
  expect(isEditing()).toBe(false)
})

it.each([
  '',
  '#pricing',
  '#tourhook-edit=',
  '#tourhook-edit=short',
  `#tourhook-edit=${code}x`,
  `#tourhook-edit=${code}&more`,
  `#not-tourhook-edit=${code}`,
  '#tourhook-edit=https://evil.example/editor.js',
  `#tourhook-edit=//evil.example/${code}`,
])('takes nothing from "%s", and leaves it', hash => {
  history.replaceState(null, '', hash || location.pathname)
  expect(isEditing()).toBe(false)
  expect(takeEditCode()).toBeUndefined()
  expect(location.hash).toBe(hash)
})

it('goes on in a tab where the editor is open', () => {
  sessionStorage.setItem('tourhook-edit', '{"token":"t"}')
  expect(isEditing()).toBe(true)
  expect(takeEditCode()).toBeUndefined()
})
