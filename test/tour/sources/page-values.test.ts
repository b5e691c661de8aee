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
  ['/a?_csrf=c&x=1', '/a?x=1'],
  ['/a?PHPSESSID=s&assessment=1', '/a?assessment=1'],
  ['/cart;jsessionid=s;v=1/pay;x=2?x=1', '/cart;v=1/pay;x=2?x=1'],
  ['/a?next=https%3A%2F%2Fb.example%2F%3Fa%3D1%26token%3Ds&x=1', '/a?x=1'],
])('sends the page’s address %s without its hash and its secrets', (path, open) => {
  const { url, full } = pageAt(path)
  expect(url).toBe(location.origin + open)
  expect(full).toBe(location.href)
})

it('sends the path without a session that is written into it', () => {
  history.replaceState(null, '', '/cart;jsessionid=s/pay')
  expect(collect({ path: { page: 'path' } }, { tags: {}, answers: {} }, () => undefined)).toEqual({
    path: '/cart/pay',
  })
})

it('takes placeholders for what they name', () => {
  expect(isSecretName('access_token')).toBe(true)
  expect(isSecretName('token')).toBe(true)
  expect(isSecretName('plan')).toBe(false)
})
