import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { expect, it } from 'vitest'
import { failureReason } from '../../../src/server/egress/failure-reasons.ts'

const docs = readFileSync(new URL('../../../docs/troubleshooting.md', import.meta.url), 'utf8')
const reasonOf = (code: string) => failureReason(Object.assign(new Error('raw'), { code }))

const certificates = [
  ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'],
  'ERR_TLS_CERT_ALTNAME_INVALID',
]
const connections = [
  ...[
    'ENOTFOUND',
    'EAI_AGAIN',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
  ],
  ...['EACCES', 'EMFILE', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_OVERFLOW', 'ERR_ASSERTION'],
  ...['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_WHATEVER'],
]

it.each([...certificates, ...connections])('says %s in words that the docs explain, with a remedy', code => {
  const [words = '', remedy = ''] = reasonOf(code).split(/; |: the chain| \(/)
  expect(docs).toContain(words)
  expect(remedy).not.toBe('')
  if (!code.endsWith('WHATEVER')) expect(reasonOf(code)).not.toContain(code)
})

it('says something of each error that this system knows, and of what is no error at all', () => {
  for (const code of Object.keys(constants.errno)) expect(reasonOf(code)).toMatch(/\w+ \w+.*; \w+/)
  for (const thrown of [undefined, null, 'text', new Error('x'), {}]) {
    const reason = failureReason(thrown)
    expect(reason).toContain('the request failed')
    expect(reason).not.toContain('undefined')
  }
})

it('finds the reason within what happened to each address of a name', () => {
  const refused = Object.assign(new Error(), { code: 'ECONNREFUSED' })
  expect(failureReason(new AggregateError([refused]))).toContain('it refuses connections')
  expect(failureReason(new Error('outer', { cause: refused }))).toContain('it refuses connections')
})
