import { expect, test } from 'vitest'
import { privateWebhooks } from '../../../../src/server/cli/serve/private-webhooks.ts'
import { disabledLines, hints } from '../../../../src/server/cli/serve/startup-message.ts'

const url = (id: string, url: string) => ({ id, url })

test('a webhook with a private address is named, with the flag that lets it be called', () => {
  const webhooks = [
    url('local', 'http://localhost:9090/SECRET'),
    url('loopback', 'http://127.0.0.1/'),
    url('six', 'http://[::1]:80/'),
    url('inside', 'https://10.1.2.3/'),
    url('sub', 'http://a.localhost/'),
    url('public', 'https://hooks.example.com/'),
    url('address', 'https://93.184.216.34/'),
    { id: 'relay', transport: 'relay' as const },
  ]
  expect(privateWebhooks(webhooks, []).map(({ id }) => id)).toEqual([
    'local',
    'loopback',
    'six',
    'inside',
    'sub',
  ])
  expect(privateWebhooks(webhooks, ['127.0.0.0/8', '::1/128', '10.0.0.0/8'])).toEqual([])
  const [hint] = hints({ webhooks }, { allowNetworks: [] })
  expect(hint).toContain('http://localhost:9090 is private')
  expect(hint).toContain('--dev or --allow-network 127.0.0.0/8')
  expect(hint).not.toContain('SECRET')
})

test('webhooks of the server’s without a secret are named, with the command that makes one', () => {
  const signed = `whsec_${'MfKQ9r8G'.repeat(4)}`
  const webhooks = [
    { ...url('events', 'https://a.example/'), events: ['tour_completed' as const] },
    { ...url('relay', 'https://b.example/'), transport: 'relay' as const },
    { ...url('signed', 'https://c.example/'), transport: 'relay' as const, secret: signed },
    url('direct', 'https://d.example/'),
  ]
  const lines = hints({ webhooks }, { allowNetworks: [] })
  expect(lines).toEqual([
    'events, relay: without a "secret", so messages are not signed; `tourhook secret` makes one',
  ])
})

test('what is disabled is listed, since when, why and how to enable it', () => {
  const webhook = {
    endpoint: 'https://a.example',
    headerNames: [],
    source: 'config' as const,
    signed: true,
  }
  const at = Date.parse('2026-11-23T09:00:00Z')
  expect(
    disabledLines([
      { ...webhook, id: 'crm/eu', disabled: { at, reason: 'gone' } },
      { ...webhook, id: 'chat' },
    ]),
  ).toEqual([
    'crm/eu is disabled since 2026-11-23T09:00:00.000Z: it answered 410 Gone. What is meant for it waits for POST /v1/admin/webhooks/crm%2Feu/enable',
  ])
})
