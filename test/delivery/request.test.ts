import { describe, expect, it } from 'vitest'
import type { Config } from '../../src/schema/config.ts'
import { activitySchema, relayedSchema } from '../../src/schema/index.ts'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()

const relayConfig: Config = { webhooks: [{ id: 'crm/ü', transport: 'relay' }] }
const toRelay = { type: 'webhook' as const, webhook: 'crm/ü', data: { plan: { value: 'pro' } } }

/** The bodies that arrived at a path of the companion. */
function bodies(path: string): Record<string, unknown>[] {
  return page.receiver.requests
    .filter(request => request.path === path)
    .map(({ json }) => json as Record<string, unknown>)
}

describe('the relay', () => {
  it('gets the message for the webhook, with the site’s key and the visitor’s hash', async () => {
    const { tourhook, heard } = page.open(relayConfig, {
      server: page.receiver.url(),
      siteKey: 'pk_1',
      userHash: 'abc',
      tags: { userId: 'user_1' },
    })
    tourhook.trigger(toRelay)
    await page.windUntil(() => heard.delivered.some(({ webhook }) => webhook === 'crm/ü'))

    const [request] = page.receiver.requests.filter(({ path }) => path.includes('relay'))
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/relay/crm%2F%C3%BC',
      query: { key: 'pk_1' },
      headers: { 'content-type': 'application/json' },
    })
    expect(request?.json).toEqual({
      userHash: 'abc',
      message: {
        id: heard.queued.find(({ webhook }) => webhook)?.id,
        timestamp: '2026-11-23T09:00:00.000Z',
        name: 'crm/ü',
        userId: 'user_1',
        events: [{ name: 'trigger_event' }],
        data: { plan: 'pro' },
      },
    })
    expect(relayedSchema.safeParse(request?.json).success).toBe(true)
    expect(heard.delivered.find(({ webhook }) => webhook)).toMatchObject({ transport: 'relay', status: 200 })
  })

  it('gets the values of the template’s placeholders, never a filled template', async () => {
    const { tourhook, heard } = page.open(
      { webhooks: [{ id: 'crm', transport: 'relay', body: { text: 'plan {plan}' } }] },
      { server: `${page.receiver.url('')}/` },
    )
    tourhook.trigger(toCrm({ plan: { value: 'pro' } }))
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.path).toBe('/v1/relay/crm')
    expect(page.receiver.requests[0]?.json).toMatchObject({ values: { plan: 'pro' } })
    expect(page.receiver.requests[0]?.json).not.toHaveProperty('content')
    expect(page.receiver.requests[0]?.query).toEqual({})
  })

  it('gets a message that waited with the hash of its own user, though another has logged in', async () => {
    page.receiver.script({ answer: { status: 503 } })
    const options = { server: page.receiver.url(), userHash: 'hash of ann', tags: { userId: 'ann' } }
    const ann = page.open(relayConfig, options)
    ann.tourhook.trigger(toRelay)
    await page.wind(6_000)
    ann.tourhook.destroy()
    page.receiver.clear()
    page.receiver.script({ answer: { status: 200 } })

    const bob = page.open(relayConfig, { ...options, userHash: 'hash of bob', tags: { userId: 'bob' } })
    await page.windUntil(() => bob.heard.delivered.some(({ webhook }) => webhook === 'crm/ü'))
    await page.windUntil(() => bob.heard.delivered.some(({ webhook }) => webhook === 'crm/ü'))
    expect(bodies('/v1/relay/crm%2F%C3%BC')).toMatchObject([
      { userHash: 'hash of ann', message: { userId: 'ann' } },
    ])
  })

  it('alone has the hash: it is stored with nothing that goes to an endpoint itself', async () => {
    page.setOnline(false)
    const { tourhook } = page.open(crmAt(page.receiver.url()), { userHash: 'secret hash' })
    tourhook.trigger(toCrm())
    await page.wind(1_000)
    expect(JSON.stringify({ ...localStorage })).not.toContain('secret hash')
  })

  it('keeps the key whole, whatever is in it', async () => {
    const { tourhook, heard } = page.open(relayConfig, { server: page.receiver.url(), siteKey: 'a&b=c d' })
    tourhook.trigger(toRelay)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.query).toEqual({ key: 'a&b=c d' })
  })

  it('is missed in words when there is no server', async () => {
    const { tourhook, heard } = page.open(relayConfig)
    tourhook.trigger(toRelay)
    await page.windUntil(() => heard.failed.length > 0)
    expect(heard.failed).toMatchObject([{ webhook: 'crm/ü', reason: 'invalid' }])
    expect(heard.error.map(({ error }) => error.message)).toEqual(['the relay needs the "server" option'])
  })

  it('is tried again in the page when it can’t be reached, and its refusals count', async () => {
    page.receiver.script({ answers: ['drop', { status: 503 }, { status: 403 }] })
    const { tourhook, heard } = page.open(relayConfig, { server: page.receiver.url() })
    tourhook.trigger(toRelay)
    await page.windUntil(() => heard.failed.length > 0)
    expect(page.receiver.requests).toHaveLength(3)
    expect(heard.failed).toMatchObject([{ reason: 'refused', status: 403 }])
  })
})

describe('what the companion is told', () => {
  it('is nothing without the "server" option', async () => {
    const { tourhook, heard } = page.open(
      { tours: [{ id: 'welcome', steps: [{ type: 'modal' }] }] },
      { tags: { plan: 'pro' } },
    )
    tourhook.start('welcome')?.next()
    tourhook.report({ name: 'banner_seen', id: 'sale' })
    await page.wind(1_000)
    expect(heard.completed).toHaveLength(1)
    expect(page.receiver.requests).toEqual([])
  })

  it('is the tags, once they are known, and again when they change', async () => {
    let late: Record<string, unknown> | undefined
    const { tourhook, heard } = page.open(
      {},
      { server: page.receiver.url(), siteKey: 'pk_1', userHash: 'abc', tags: () => late },
    )
    await page.wind(1_000)
    expect(page.receiver.requests).toEqual([])

    late = { userId: 7, plan: 'free' }
    tourhook.tags.set({ plan: 'pro' }, { managed: true })
    await page.windUntil(() => heard.delivered.length === 1)
    expect(page.receiver.requests[0]).toMatchObject({
      method: 'POST',
      path: '/v1/events',
      query: { key: 'pk_1' },
    })
    const [body] = bodies('/v1/events')
    expect(body).toEqual({
      id: heard.queued[0]?.id,
      timestamp: '2026-11-23T09:00:01.000Z',
      userId: '7',
      userHash: 'abc',
      tags: { userId: 7, plan: 'pro' },
      managedTags: { plan: 'pro' },
      events: [],
    })
    expect(activitySchema.safeParse(body).success).toBe(true)

    tourhook.tags.set({ plan: 'pro' })
    await page.wind(1_000)
    expect(page.receiver.requests).toHaveLength(1)
    tourhook.tags.set({ plan: 'team' })
    await page.windUntil(() => heard.delivered.length === 2)
  })

  it('is no more tags than the companion takes', async () => {
    const tags = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`tag${index}`, index]))
    const { tourhook } = page.open({}, { server: page.receiver.url(), tags: { ...tags, userId: 'ada' } })
    tourhook.tags.set(
      { ['x'.repeat(201)]: 1, tag0: 'x'.repeat(2_000), ...tags, tag1: 'x'.repeat(2_000) },
      { managed: true },
    )
    tourhook.report({ name: 'banner_seen', id: 'sale' })
    await page.windUntil(() => page.receiver.requests.length > 1)
    const body = bodies('/v1/events').at(-1) as { userId: string; tags: object; managedTags: object }
    expect(body.userId).toBe('ada')
    expect(Object.keys(body.tags)).toHaveLength(200)
    expect(Object.keys(body.managedTags)).toHaveLength(200)
    expect(Object.keys(body.tags).every(name => name.length <= 200)).toBe(true)
    expect(body.managedTags).toMatchObject({ tag1: 'x'.repeat(1_000) })
  })

  it('is not the same tags again on the next page', async () => {
    const options = { server: page.receiver.url(), tags: { plan: 'pro' } }
    const first = page.open({}, options)
    await page.windUntil(() => first.heard.delivered.length === 1)
    first.tourhook.destroy()
    page.open({}, options)
    await page.wind(1_000)
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('is a completed tour with its answers, exactly once', async () => {
    const { tourhook, heard } = page.open(
      { tours: [{ id: 'welcome', steps: [{ type: 'modal' }] }] },
      { server: page.receiver.url() },
    )
    const run = tourhook.start('welcome')
    run?.answer('role', 'Developer')
    run?.next()
    run?.next()
    run?.complete()
    await page.windUntil(() => heard.delivered.length > 0)
    await page.wind(1_000)
    expect(bodies('/v1/events')).toMatchObject([
      { events: [{ name: 'tour_completed', id: 'welcome', answers: { role: 'Developer' } }], userId: null },
    ])
  })

  it('is no tour that was closed', async () => {
    const { tourhook } = page.open(
      { tours: [{ id: 'welcome', steps: [{ type: 'modal' }] }] },
      { server: page.receiver.url() },
    )
    tourhook.start('welcome')?.close()
    await page.wind(1_000)
    expect(page.receiver.requests).toEqual([])
  })

  it('is what the page reports', async () => {
    const { tourhook, heard } = page.open({}, { server: page.receiver.url() })
    tourhook.report({ name: 'checklist_item_completed', id: 'invite', checklist: 'start' })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(bodies('/v1/events')).toMatchObject([
      { events: [{ name: 'checklist_item_completed', id: 'invite', checklist: 'start' }] },
    ])
    expect(heard.delivered).toMatchObject([{ webhook: null }])
  })

  it('waits in the outbox while the companion is down', async () => {
    await page.receiver.down()
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()), { server: page.receiver.url() })
    tourhook.report({ name: 'banner_seen', id: 'sale' })
    await page.wind(30_000)
    expect(tourhook.pending()).toMatchObject([{ webhook: null }])
    await page.receiver.up()
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('waits for a page that knows the companion', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const one = page.open(config, { server: page.receiver.url() })
    one.tourhook.report({ name: 'banner_seen', id: 'sale' })
    one.tourhook.destroy()

    page.setOnline(true)
    const other = page.open(config)
    await page.wind(60_000)
    expect(other.heard.failed).toEqual([])
    expect(other.tourhook.pending()).toMatchObject([{ webhook: null }])
  })

  it('holds the tags that were set before the visitor agreed', async () => {
    const { tourhook, heard } = page.open({}, { server: page.receiver.url(), consent: false })
    tourhook.tags.set({ plan: 'pro' })
    await page.wind(1_000)
    expect(page.receiver.requests).toEqual([])
    tourhook.consent(true)
    await page.windUntil(() => heard.delivered.length > 0)
    expect(bodies('/v1/events')).toMatchObject([{ tags: { plan: 'pro' } }])
  })
})
