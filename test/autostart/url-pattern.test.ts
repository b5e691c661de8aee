import { afterEach, expect, test, vi } from 'vitest'
import { onNavigate } from '../../src/autostart/navigation.ts'
import { matchesUrl } from '../../src/autostart/url-pattern.ts'

const undos: (() => void)[] = []
afterEach(() => {
  for (const undo of undos.splice(0)) undo()
})

test.each([
  ['/', 'https://app.example/', true],
  ['/', 'https://app.example/projects', false],
  ['/projects', 'https://app.example/projects?sort=name#top', true],
  ['/projects', 'https://app.example/projects/', true],
  ['/projects', 'https://app.example/projects/7', false],
  ['/projects/', 'https://app.example/projects', true],
  ['/projects/', 'https://app.example/projects/', true],
  ['/search?q=*', 'https://app.example/search/?q=boards', true],
  ['/über-uns', 'https://app.example/über-uns', true],
  ['/%C3%BCber-uns', 'https://app.example/über-uns', true],
  ['/my file', 'https://app.example/my%20file', true],
  ['/[a]|b', 'https://app.example/[a]|b', true],
  ['/a/b', 'https://app.example/a%2Fb', false],
  ['/100%', 'https://app.example/100%', true],
  ['/projects/*', 'https://app.example/projects/', true],
  ['/projects/*', 'https://app.example/projects/7/edit', true],
  ['/projects/*', 'https://app.example/projects', false],
  ['/projects/:id', 'https://app.example/projects/7', true],
  ['/projects/:id', 'https://app.example/projects/7/edit', false],
  ['*/edit', 'https://app.example/projects/7/edit', true],
  ['/search?q=*', 'https://app.example/search?q=boards', true],
  ['/search?q=*', 'https://app.example/search', false],
  ['/#/projects/*', 'https://app.example/#/projects/7', true],
  ['/a.html', 'https://app.example/aXhtml', false],
  ['https://app.example/*', 'https://app.example/projects', true],
  ['https://*.example/projects', 'https://app.example/projects', true],
  ['https://other.example/*', 'https://app.example/projects', false],
])('%s for %s: %s', (pattern, address, matches) => {
  expect(matchesUrl(pattern, address)).toBe(matches)
})

test.each([
  ['/projects/:id/edit', 'https://app.example/projects/7/edit', true],
  ['/projects/:id-:slug', 'https://app.example/projects/7-:slug', true],
  ['/:a/:b', 'https://app.example/x/y', true],
  ['/:a/:b', 'https://app.example/x/', false],
  ['/:a.html', 'https://app.example/index.html', true],
  ['/**/b', 'https://app.example/a/b', true],
  ['*', 'https://app.example/', true],
  ['/a*', 'https://app.example/a', true],
  ['/a*b*c', 'https://app.example/axbxbxc', true],
  ['/a*b*c', 'https://app.example/axbxbx', false],
])('%s for %s: %s, as a regular expression would say', (pattern, address, matches) => {
  expect(matchesUrl(pattern, address)).toBe(matches)
})

test.each([
  ['/*/a/*/b/*/c', `/${'/a/b'.repeat(1_800)}`],
  ['/*a*a*a*a*b', `/${'a'.repeat(7_000)}`],
  ['/#/*/a/*/b', `/#/${'a/'.repeat(60_000)}`],
  [`/${'*'.repeat(1_000)}b`, `/${'a'.repeat(1_000)}`],
])('a long address holds no page up: %s', (pattern, path) => {
  const startedAt = performance.now()
  expect(matchesUrl(pattern, `https://app.example${path}`)).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(1_000)
})

test('hears of navigation within the page, once a change', () => {
  const listener = vi.fn()
  undos.push(onNavigate(listener))
  history.pushState(null, '', '/one')
  history.replaceState(null, '', '/two')
  history.replaceState({ scroll: 1 }, '', '/two')
  expect(listener).toHaveBeenCalledTimes(2)
})

test('after the undo, history is what it was and nothing is heard', () => {
  const { pushState, replaceState } = history
  const listener = vi.fn()
  onNavigate(listener)()
  history.pushState(null, '', '/three')
  expect(listener).not.toHaveBeenCalled()
  expect(history.pushState).toBe(pushState)
  expect(history.replaceState).toBe(replaceState)
})

test('after the undo, what others have put over history stays', () => {
  const listener = vi.fn()
  const undo = onNavigate(listener)
  const { pushState } = history
  const others = vi.fn(pushState)
  history.pushState = others
  undo()
  expect(history.pushState).toBe(others)
  history.pushState(null, '', '/four')
  expect(listener).not.toHaveBeenCalled()
  history.pushState = pushState
})
