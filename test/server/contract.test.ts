import { expect, test } from 'vitest'
import { requestOf } from '../../src/delivery/request.ts'
import { createMessageId } from '../../src/message/message.ts'
import type { Webhook } from '../../src/schema/webhook.ts'
import { userHashOf } from '../../src/server/user-hash.ts'
import { origin, startCompanion } from '../support/companion.ts'

// Both halves of the wire at once: what the browser's core sends is what the companion takes.

const userHashSecret = 'known to the site only'
const visitor = {
  server: 'http://companion.test/',
  siteKey: 'site',
  userHash: userHashOf('ada', userHashSecret),
}
const timestamp = '2026-11-23T09:00:00.000Z'

async function startSite() {
  const { companion, receiver } = await startCompanion({
    siteKey: visitor.siteKey,
    userHashSecret,
    config: url => ({
      webhooks: [
        { id: 'a lead/crm', name: 'CRM lead', url: url('/lead'), transport: 'relay', body: { text: '{role}' } },
        { id: 'all', url: url('/all'), events: ['tour_completed'] },
      ],
    }),
  })
  const send = ({ url, ...init }: ReturnType<typeof requestOf>) =>
    companion.fetch(
      new Request(url, { method: init.method, headers: { ...init.headers, origin }, body: init.body ?? null }),
    )
  return { companion, receiver, send }
}

test('what the core relays is passed on', async () => {
  const { companion, receiver, send } = await startSite()
  const config = await companion.fetch(
    new Request('http://companion.test/v1/config.json?key=site', { headers: { origin } }),
  )
  const { webhooks } = (await config.json()) as { webhooks: Webhook[] }
  const [webhook] = webhooks
  if (!webhook) throw new Error('the config has no webhook')

  const message = {
    id: createMessageId(),
    timestamp,
    name: 'CRM lead',
    userId: 'ada',
    events: [{ name: 'trigger_event' as const, id: 'welcome', step: undefined }],
    data: { role: 'Developer' },
  }
  const delivery = { webhook: webhook.id, message, values: { role: 'Developer' }, userHash: visitor.userHash }
  expect((await send(requestOf(delivery, webhook, 'relay', visitor))).status).toBe(202)
  const [arrived] = await receiver.arrived(1)
  expect(arrived).toMatchObject({ path: '/lead', json: { text: 'Developer' } })
})

test('what the core reports counts', async () => {
  const { receiver, send } = await startSite()
  const message = {
    id: createMessageId(),
    timestamp,
    userId: 'ada',
    userHash: visitor.userHash,
    tags: { userId: 'ada', plan: 'pro' },
    managedTags: {},
    events: [{ name: 'tour_completed' as const, id: 'welcome', answers: { role: 'Developer' } }],
  }
  const response = await send(requestOf({ webhook: null, message }, { id: '' }, 'relay', visitor))
  expect(response.status).toBe(202)
  const [arrived] = await receiver.arrived(1)
  expect(arrived?.json).toMatchObject({ userId: 'ada', events: [{ name: 'tour_completed', id: 'welcome' }] })
})
