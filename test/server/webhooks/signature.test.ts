import { Webhook as StandardWebhook } from 'standardwebhooks'
import { Webhook as SvixWebhook } from 'svix'
import { expect, it } from 'vitest'
import { createSecret, keyOf, signatureOf } from '../../../src/server/webhooks/signature.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

it("reproduces the specification's vector", () => {
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
  }
  expect(signatureOf(signed, [keyOf(secret)])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
})

it('makes secrets of 32 random bytes', () => {
  const made = createSecret()
  expect(made).toMatch(/^whsec_/)
  expect(Buffer.from(made.slice('whsec_'.length), 'base64')).toHaveLength(32)
  expect(createSecret()).not.toBe(made)
})

it.each([
  ['standardwebhooks', (key: string) => new StandardWebhook(key)],
  ['svix', (key: string) => new SvixWebhook(key)],
])('signs so that %s verifies it, with either secret while they rotate', (_, verifier) => {
  const next = createSecret()
  const timestamp = Math.floor(Date.now() / 1000)
  const body = '{"name":"Zoë 🎉"}'
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf({ id: 'msg_1', timestamp, body }, [keyOf(next), keyOf(secret)]),
  }
  expect(() => verifier(next).verify(body, headers)).not.toThrow()
  expect(() => verifier(secret).verify(body, headers)).not.toThrow()
  expect(() => verifier(createSecret()).verify(body, headers)).toThrow('No matching signature found')
  expect(() => verifier(secret).verify(`${body} `, headers)).toThrow('No matching signature found')
})
