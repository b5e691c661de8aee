import { expect, test } from 'vitest'
import { activityOf, relayedOf, startCompanion } from '../../../support/companion.ts'

test('a user is forgotten: what is kept of them, and what their messages said', async () => {
  const { admin, post, emitter, receiver } = await startCompanion({
    config: url => ({
      webhooks: [
        { id: 'crm', url: url('/crm'), events: ['tour_completed'], data: { email: { tag: 'email' } } },
        { id: 'chat', url: url('/chat'), data: { email: { tag: 'email' } } },
      ],
    }),
  })
  const userId = 'ada/of london@example.com'
  const tags = { email: 'ada@example.com' }
  const activity = activityOf({ userId, tags, events: [{ name: 'tour_completed', id: 'welcome' }] })
  await post('/v1/events', activity)
  await post('/v1/relay/chat', relayedOf({ userId }))
  await post('/v1/events', activityOf({ userId: 'bob', tags: { email: 'bob@example.com' } }))
  await receiver.arrived(2)

  expect((await admin('DELETE', `/users/${encodeURIComponent(userId)}`)).status).toBe(204)
  expect(await emitter.read(`user:${userId}`)).toBeUndefined()
  expect(await emitter.read('user:bob')).toMatchObject({ tags: { email: 'bob@example.com' } })
  const { text } = await admin('GET', '/deliveries')
  expect(text).not.toContain('ada')
  expect((await admin('DELETE', '/users/nobody')).status).toBe(204)
})

test('nobody but an administrator forgets a user', async () => {
  const { page, post, emitter } = await startCompanion()
  await post('/v1/events', activityOf())
  expect((await page('DELETE', '/v1/admin/users/ada')).status).toBe(401)
  expect(await emitter.read('user:ada')).toBeDefined()
})
