import { expect, test } from 'vitest'
import { isSecretName } from '../../src/values/secret-name.ts'

test.each([
  'access_token',
  'code',
  'X-Api-Key',
  'apikey',
  'password',
  'sid',
  'client_secret',
  'Authorization',
  'X-Hub-Signature',
  'key',
])('%j usually holds a secret', name => {
  expect(isSecretName(name)).toBe(true)
})

test.each(['author', 'authorName', 'keyboard', 'zip_code', 'monkey', 'design', 'role', ''])(
  '%j holds none',
  name => {
    expect(isSecretName(name)).toBe(false)
  },
)
