import { afterEach, expect, it } from 'vitest'
import { collect } from '../../../src/tour/sources/sources.ts'
import { isSecretName } from '../../../src/values/secret-name.ts'

afterEach(() => history.replaceState(null, '', '/'))

function pageAt(path: string): Record<string, unknown> {
  history.replaceState(null, '', path)
  const data = { url: { page: 'url' }, full: { page: 'fullUrl' } } as const
  return collect(data, { tags: {}, answers: {} }, () => undefined)
}

it.each([
  ['/a?plan=pro#access_token=abc', '/a?plan=pro'],
  ['/a?reset_token=abc', '/a'],
  ['/a?code=abc&x=1%20b&y=%zz', '/a?x=1%20b&y=%zz'],
  ['/a?x=1&X-Api-Key=k&password=p&sig=s', '/a?x=1'],
  ['/a?api%5Fkey=k', '/a'],
  ['/a?zip-code=1&author=ada', '/a?zip-code=1&author=ada'],
  ['/a#/projects/7', '/a'],
])('sends the page’s address %s without its hash and its secrets', (path, open) => {
  const { url, full } = pageAt(path)
  expect(url).toBe(location.origin + open)
  expect(full).toBe(location.href)
})

it('takes placeholders for what they name', () => {
  expect(isSecretName('access_token')).toBe(true)
  expect(isSecretName('token')).toBe(true)
  expect(isSecretName('plan')).toBe(false)
})
