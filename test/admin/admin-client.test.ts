// @vitest-environment node
import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import {
  AccessError,
  type AdminError,
  ConflictError,
  createAdminClient,
  InvalidError,
  NotFoundError,
  UnavailableError,
} from '../../src/admin/index.ts'
import { adminToken, startCompanion } from '../support/companion.ts'

/** A client beside a real companion; its requests skip the network alone. */
async function startAdmin({ token = adminToken } = {}) {
  const started = await startCompanion({
    config: url => ({ webhooks: [{ id: 'crm', url: url('/crm'), events: ['tour_completed'] }] }),
  })
  const admin = createAdminClient({
    url: 'http://companion.test/',
    token,
    fetch: (input, init) => started.companion.fetch(new Request(input, init)),
  })
  return { ...started, admin }
}

/** Completes tours, and waits until each is in the log as delivered. */
async function deliver({ emitter }: Awaited<ReturnType<typeof startAdmin>>, ids: string[]) {
  for (const id of ids) await emitter.emit({ name: 'tour_completed', userId: 'ada', id })
  await vi.waitFor(
    async () => expect(await emitter.deliveries.count({ state: 'delivered' })).toBe(ids.length),
    { timeout: 10_000 },
  )
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

describe('the webhooks', () => {
  it('are made, changed, tried and removed', async () => {
    const { admin, receiver } = await startAdmin()
    const { webhook, secret } = await admin.webhooks.create({ id: 'chat', url: receiver.url('/chat') })
    expect(secret).toMatch(/^whsec_/)
    expect(webhook).toMatchObject({ id: 'chat', source: 'runtime', signed: true })

    expect(await admin.webhooks.update('chat', { name: 'Chat' })).toMatchObject({ name: 'Chat' })
    expect(await admin.webhooks.update('chat', { name: null })).not.toHaveProperty('name')
    expect(await admin.webhooks.test('chat')).toMatchObject({ status: 200 })
    expect((await admin.webhooks.rotateSecret('chat')).secret).not.toBe(secret)
    expect(await admin.webhooks.disable('chat')).toHaveProperty('disabled.reason', 'manual')
    expect(await admin.webhooks.enable('chat')).not.toHaveProperty('disabled')
    expect((await admin.webhooks.list()).map(({ id }) => id)).toEqual(['crm', 'chat'])

    await admin.webhooks.remove('chat')
    await expect(admin.webhooks.get('chat')).rejects.toThrow(NotFoundError)
  })

  it('are asked as a browser would', async () => {
    const { admin, receiver } = await startAdmin()
    expect(await admin.webhooks.probe(receiver.url('/chat'))).toMatchObject({ transport: 'cors', status: 204 })
  })
})

describe('the deliveries', () => {
  it('come one after the other, over as many pages as it takes', async () => {
    const started = await startAdmin()
    const tours = Array.from({ length: 120 }, (_, index) => `tour-${index}`)
    await deliver(started, tours)

    const seen: string[] = []
    for await (const { message } of started.admin.deliveries.list({ webhook: 'crm' })) {
      seen.push(Object(message).events[0].id)
    }
    expect(seen.toSorted()).toEqual(tours.toSorted())
  })

  it('are found by state and time, and sent again', async () => {
    const started = await startAdmin()
    const { admin, receiver } = started
    await deliver(started, ['welcome'])
    const [delivery] = await all(admin.deliveries.list({ state: 'delivered', since: new Date(0) }))
    expect(delivery).toMatchObject({ webhook: 'crm', summary: expect.any(String), attempts: [{ status: 200 }] })
    expect(await all(admin.deliveries.list({ until: new Date(0) }))).toEqual([])

    const { id = '' } = delivery ?? {}
    expect(await admin.deliveries.get(id, 'crm')).toMatchObject({ id })
    await admin.deliveries.resend(id)
    await receiver.arrived(2)
    await vi.waitFor(async () => expect(await admin.deliveries.get(id)).toHaveProperty('state', 'delivered'), {
      timeout: 10_000,
    })
    expect(await admin.deliveries.replay({ webhook: 'crm', since: '2000-01-01T00:00:00Z' })).toBe(1)
    await receiver.arrived(3)
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]))
  })

  it('that wait are given up when they shall be', async () => {
    const { admin, emitter } = await startAdmin()
    await admin.webhooks.disable('crm')
    await emitter.emit({ name: 'tour_completed', userId: 'ada', id: 'welcome' })
    expect(await admin.deliveries.cancel({ webhook: 'crm' })).toBe(1)
    expect(await all(admin.deliveries.list({ state: 'failed' }))).toHaveLength(1)
  })
})

describe('a refusal', () => {
  it('is an error of its kind, which says what, where and why', async () => {
    const { admin } = await startAdmin()
    const errorOf = (work: Promise<unknown>) =>
      work.then(
        () => expect.unreachable(),
        (error: AdminError) => error,
      )

    expect(await errorOf(admin.deliveries.get('msg_none'))).toMatchObject({
      status: 404,
      code: 'unknown_delivery',
    })
    expect(await errorOf(admin.webhooks.create({ id: 'crm', url: 'https://a.example' }))).toBeInstanceOf(
      ConflictError,
    )
    const invalid = await errorOf(admin.webhooks.create({ id: 'x', url: 'nowhere' }))
    expect(invalid).toBeInstanceOf(InvalidError)
    expect(invalid).toMatchObject({ status: 422, path: 'url' })
  })

  it('of a token is an AccessError', async () => {
    const { admin } = await startAdmin({ token: 'another-token-that-is-not-the-right-one' })
    const refused = admin.webhooks.list()
    await expect(refused).rejects.toThrow(AccessError)
    expect(inspect(await refused.catch(error => error), { depth: 9 })).not.toContain('another-token')
  })

  it('for the moment says how long to wait, and what only reads is tried again', async () => {
    let asked = 0
    const admin = createAdminClient({
      url: 'http://companion.test',
      token: adminToken,
      fetch: async () => {
        asked += 1
        if (asked > 1) return Response.json({ webhooks: [] })
        return Response.json({ error: { code: 'unavailable', message: 'later' } }, { status: 503 })
      },
    })
    expect(await admin.webhooks.list()).toEqual([])

    const changing = createAdminClient({
      url: 'http://companion.test',
      token: adminToken,
      fetch: async () =>
        Response.json(
          { error: { code: 'unavailable', message: 'later' } },
          { status: 503, headers: { 'retry-after': '5' } },
        ),
    })
    const refused = changing.webhooks.enable('crm')
    await expect(refused).rejects.toThrow(UnavailableError)
    await expect(refused).rejects.toMatchObject({ retryAfterMs: 5_000 })
  })

  it('by a proxy between, which knows no JSON, is an error with the status', async () => {
    const admin = createAdminClient({
      url: 'http://companion.test',
      token: adminToken,
      fetch: async () => new Response('<h1>Bad gateway</h1>', { status: 502 }),
    })
    await expect(admin.webhooks.enable('crm')).rejects.toMatchObject({ status: 502, code: 'unknown' })
  })
})
