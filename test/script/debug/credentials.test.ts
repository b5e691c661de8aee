import { expect, test } from 'vitest'
import type { Webhook } from '../../../src/schema/webhook.ts'
import { credentialsIn } from '../../../src/script/debug/credentials.ts'

const pathsIn = (webhook: Partial<Webhook>) => credentialsIn([{ id: 'a', ...webhook }]).map(({ path }) => path)

test.each<[Partial<Webhook>, string]>([
  [{ auth: { username: 'u', password: 'p' } }, 'webhooks[0].auth'],
  [{ secret: 'whsec_x' }, 'webhooks[0].secret'],
  [{ headers: { Authorization: 'Bearer x' } }, 'webhooks[0].headers.Authorization'],
  [{ headers: { 'x-api-key': 'x' } }, 'webhooks[0].headers.x-api-key'],
  [{ query: { token: 'x' } }, 'webhooks[0].query.token'],
  [{ url: 'https://hooks.slack.com/services/x' }, 'webhooks[0].url'],
  [{ url: 'https://api.example.com/in?api_key=x' }, 'webhooks[0].url'],
])('%j has a credential', (webhook, path) => {
  expect(pathsIn(webhook)).toEqual([path])
})

test.each<Partial<Webhook>>([
  { url: 'https://api.example.com/leads' },
  { url: 'https://nothooks.slack.com.example/x', query: { source: 'tour' }, headers: { 'X-Team': 'growth' } },
  { transport: 'relay' },
])('%j has none', webhook => {
  expect(pathsIn(webhook)).toEqual([])
})

test('what is told holds no value', () => {
  expect(JSON.stringify(credentialsIn([{ id: 'a', headers: { token: 'hunter2' } }]))).not.toContain('hunter2')
})
