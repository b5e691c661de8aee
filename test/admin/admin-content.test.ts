// @vitest-environment node
import { describe, expect, it } from 'vitest'
import {
  AccessError,
  ClashError,
  ConflictError,
  createAdminClient,
  InvalidError,
  NotFoundError,
} from '../../src/admin/index.ts'
import { adminToken } from '../support/companion.ts'
import { authorToken, startConsole, viewerToken } from '../support/console.ts'

/** A companion, and one client for each role; their requests skip the network alone. */
async function startAdmins(options: Parameters<typeof startConsole>[0] = {}) {
  const started = await startConsole({
    config: url => ({ webhooks: [{ id: 'crm', url: url('/crm'), transport: 'relay' }] }),
    ...options,
  })
  const clientOf = (token: string) =>
    createAdminClient({
      url: 'http://companion.test',
      token,
      fetch: (input, init) => started.companion.fetch(new Request(input, init)),
    })
  return { ...started, owner: clientOf(adminToken), ben: clientOf(authorToken), vera: clientOf(viewerToken) }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

const tour = (title: string, more: object = {}) => ({
  name: 'Crew welcome',
  steps: [{ id: 'hello', type: 'modal', title, ...more }],
})

describe('a document', () => {
  it('is made, saved, published, brought back and removed, all without the pages', async () => {
    const { ben, page } = await startAdmins()
    const made = await ben.documents.create('tours', tour('One'))
    expect(made).toMatchObject({
      kind: 'tours',
      id: 'crew-welcome',
      state: 'draft',
      rev: 1,
      by: 'Ben',
      problems: [],
    })
    expect(made.at).toMatch(/^\d{4}-.*Z$/)
    expect((await page('GET', '/v1/config.json')).json.tours).toBeUndefined()

    expect(await ben.versions.publish({ note: 'First' })).toMatchObject({ number: 1, by: 'Ben', note: 'First' })
    expect((await page('GET', '/v1/config.json')).json.tours).toMatchObject([{ id: 'crew-welcome' }])

    const saved = await ben.documents.save('tours', 'crew-welcome', { rev: 1, draft: tour('Two') })
    expect(saved).toMatchObject({ state: 'changed', rev: 2 })
    expect(await ben.documents.changes()).toMatchObject([
      { id: 'crew-welcome', differences: [{ path: ['steps', 'hello', 'title'], before: 'One', after: 'Two' }] },
    ])
    await ben.versions.publish({ items: ['tours/crew-welcome'] })
    expect((await all(ben.versions.list())).map(({ number }) => number)).toEqual([2, 1])

    expect(await ben.versions.bringBack(1)).toMatchObject([{ differences: [{ after: 'One' }] }])
    expect(await ben.versions.publishAgain(1)).toMatchObject({ number: 3 })
    expect((await ben.versions.get(3)).config).toEqual((await ben.versions.get(1)).config)

    expect(await ben.documents.remove('tours', 'crew-welcome')).toMatchObject({ state: 'removed', draft: null })
    await ben.documents.discard('tours', 'crew-welcome')
    expect(await ben.documents.get('tours', 'crew-welcome')).toMatchObject({ state: 'live' })
    const copy = await ben.documents.copy('tours', 'crew-welcome')
    expect(copy).toMatchObject({ id: 'crew-welcome-copy', name: 'Crew welcome (copy)' })
    expect(await ben.documents.remove('tours', copy.id)).toBeUndefined()
    expect((await ben.documents.list('tours')).map(({ id }) => id)).toEqual(['crew-welcome'])
    expect(await ben.documents.list()).toHaveLength(1)
  })

  it('merges what two change apart, and gives both sides of what they change together', async () => {
    const { ben, owner } = await startAdmins()
    await ben.documents.create('tours', { id: 'crew', ...tour('One') })
    await ben.documents.save('tours', 'crew', { rev: 1, draft: tour('Ben’s') })
    const merged = await owner.documents.save('tours', 'crew', {
      rev: 1,
      draft: tour('One', { content: 'Mine' }),
    })
    expect(merged.draft).toMatchObject({ steps: [{ title: 'Ben’s', content: 'Mine' }] })

    const clash = await owner.documents.save('tours', 'crew', { rev: 1, draft: tour('Owner’s') }).then(
      () => expect.unreachable(),
      (error: ClashError) => error,
    )
    expect(clash).toBeInstanceOf(ClashError)
    expect(clash).toBeInstanceOf(ConflictError)
    expect(clash).toMatchObject({
      status: 409,
      clashes: [{ path: ['steps', 'hello', 'title'], mine: 'Owner’s', theirs: 'Ben’s' }],
      rev: merged.rev,
      merged: { steps: [{ title: 'Ben’s' }] },
    })
    expect(await owner.documents.get('tours', 'crew')).toMatchObject({ rev: merged.rev, draft: merged.draft })
  })

  it('of the config file is locked, one of none is not found, and an id is taken once', async () => {
    const { ben } = await startAdmins({
      config: () => ({ tours: [{ id: 'welcome', steps: [{ type: 'modal' }] }] }),
    })
    expect(await ben.documents.get('tours', 'welcome')).toMatchObject({ state: 'file', rev: 0 })
    await expect(ben.documents.save('tours', 'welcome', { rev: 0, draft: {} })).rejects.toThrow(ConflictError)
    await expect(ben.documents.create('tours', { id: 'welcome' })).rejects.toThrow(ConflictError)
    await expect(ben.documents.get('banners', 'welcome')).rejects.toThrow(NotFoundError)
  })

  it('that would not work is not published, and says all that is wrong with it', async () => {
    const { ben } = await startAdmins()
    const made = await ben.documents.create('tours', {
      id: 'crew',
      steps: [
        { id: 'a', type: 'nonsense' },
        { id: 'b', type: 'trigger', trigger: { type: 'webhook', webhook: 'none' } },
      ],
    })
    expect(made.problems.length).toBeGreaterThan(1)
    await expect(ben.versions.publish()).rejects.toThrow(InvalidError)
    await expect(ben.versions.publish()).rejects.toHaveProperty('details.problems.length', made.problems.length)
    expect(await all(ben.versions.list())).toEqual([])
    await ben.documents.discard('tours', 'crew')
    await expect(ben.versions.publish()).rejects.toMatchObject({ status: 422, code: 'nothing_to_publish' })
  })

  it.each([7, null, { a: 1 }, 'x'.repeat(201)])(
    'is refused under an id that could never be published: %j',
    async id => {
      const { owner } = await startAdmins()
      const made = owner.documents.create('tours', { ...tour('Hi'), id } as never)
      await expect(made).rejects.toBeInstanceOf(InvalidError)
    },
  )

  it('may be as long as the console’s forms take', async () => {
    const { ben } = await startAdmins()
    const steps = Array.from({ length: 400 }, (_, index) => ({
      id: `s${index}`,
      type: 'modal',
      content: 'x'.repeat(900),
    }))
    expect(await ben.documents.create('tours', { id: 'long', steps })).toMatchObject({
      id: 'long',
      problems: [],
    })
  })
})

describe('whoever uses the API', () => {
  it('is who the token says, and leaves the same lines in the audit as by the pages, under "api"', async () => {
    const { owner, ben, vera, receiver } = await startAdmins()
    expect(await vera.people.me()).toEqual({ name: 'Vera', role: 'viewer' })
    expect(await owner.people.list()).toEqual([
      { name: 'Owner', role: 'owner' },
      { name: 'Ben', role: 'author' },
      { name: 'Vera', role: 'viewer' },
    ])
    await owner.webhooks.create({ id: 'chat', url: receiver.url('/chat') })
    const { rev } = await owner.webhooks.settings('chat')
    await owner.webhooks.update('chat', { name: 'Chat', rev })
    await expect(owner.webhooks.update('chat', { name: 'Later', rev })).rejects.toThrow(ConflictError)
    await ben.webhooks.test('chat')
    await owner.webhooks.rotateSecret('chat')
    await owner.webhooks.disable('chat')
    await owner.webhooks.enable('chat')
    await owner.deliveries.replay({ webhook: 'chat', since: new Date(0) })
    expect((await all(vera.webhooks.history('chat'))).map(({ by, via, action }) => [by, via, action])).toEqual([
      ['Owner', 'api', 'resent what failed or waited'],
      ['Owner', 'api', 'enabled it'],
      ['Owner', 'api', 'disabled it'],
      ['Owner', 'api', 'rotated its secret'],
      ['Ben', 'api', 'sent a test'],
      ['Owner', 'api', 'changed it'],
      ['Owner', 'api', 'made it'],
    ])
    await owner.users.forget('ada')
    const audit = await all(vera.people.audit())
    expect(audit[0]).toMatchObject({ number: audit.length, target: 'users', role: 'owner' })
    expect(JSON.stringify(audit)).not.toContain('ada')
  })

  it('pages through the audit, however long it is', async () => {
    const { owner } = await startAdmins()
    for (let index = 0; index < 120; index += 1) await owner.users.forget('nobody')
    expect((await all(owner.people.audit())).map(({ number }) => number)).toEqual(
      Array.from({ length: 120 }, (_, index) => 120 - index),
    )
    expect(await all(owner.people.audit({ target: 'users' }))).toHaveLength(120)
  })

  it('sees who is signed in, and ends a session', async () => {
    const { owner, ben, signIn } = await startAdmins()
    const person = await signIn(authorToken)
    const [session, ...others] = await owner.people.sessions()
    expect(others).toEqual([])
    expect(session).toMatchObject({ name: 'Ben', role: 'author' })
    await expect(ben.people.sessions()).rejects.toThrow(AccessError)
    await owner.people.endSession(session?.id ?? '')
    expect((await person.get('overview')).status).toBe(302)
    await expect(owner.people.endSession(session?.id ?? '')).rejects.toThrow(NotFoundError)
  })

  it('gets and gives the whole config; secrets are for an owner who asks', async () => {
    const { owner, ben, receiver } = await startAdmins()
    const { secret } = await owner.webhooks.create({ id: 'chat', url: receiver.url('/chat') })
    await ben.documents.create('banners', { id: 'news', content: 'Hi' })
    await ben.versions.publish()
    expect(JSON.stringify(await owner.exportConfig())).not.toContain(secret)
    await expect(ben.exportConfig({ secrets: true })).rejects.toThrow(AccessError)
    const whole = await owner.exportConfig({ secrets: true })
    expect(whole.webhooks?.find(({ id }) => id === 'chat')).toHaveProperty('secret', secret)

    const other = await startAdmins()
    const imported = await other.owner.importConfig({ ...whole, banners: [{ id: 'news', content: 'Ho' }] })
    expect(imported).toMatchObject({
      webhooks: ['chat'],
      skipped: ['webhooks/crm'],
      drafts: [{ kind: 'banners', id: 'news' }],
    })
    await expect(other.ben.importConfig(whole)).rejects.toThrow(AccessError)
  })

  it('is told where a webhook is used, and may not remove it there', async () => {
    const { owner, ben, receiver } = await startAdmins()
    await owner.webhooks.create({ id: 'chat', url: receiver.url('/chat') })
    await ben.documents.create('tours', {
      id: 'crew',
      name: 'Crew',
      steps: [{ id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'chat' } }],
    })
    await ben.versions.publish()
    expect(await ben.webhooks.uses('chat')).toEqual([
      { tour: 'crew', name: 'Crew', where: 'step “send”', isPublished: true },
    ])
    await expect(owner.webhooks.remove('chat')).rejects.toMatchObject({ status: 409, code: 'in_use' })
  })

  it('sends again all that match as a job, and sees how far it is', async () => {
    const { owner, vera, emitter } = await startAdmins()
    for (let index = 0; index < 3; index += 1) {
      await emitter.relay('crm', {
        id: `msg_job${index}`,
        timestamp: '2026-11-23T09:00:00.000Z',
        name: 'CRM',
        userId: 'ada',
        events: [{ name: 'trigger_event', id: 'crew' }],
        data: {},
      })
    }
    await expect.poll(() => emitter.deliveries.count({ state: 'delivered' }), { timeout: 10_000 }).toBe(3)
    const begun = await owner.deliveries.begin('resend', { webhook: 'crm', state: 'delivered' })
    expect(begun).toMatchObject({ kind: 'resend', by: 'Owner', total: 3 })
    await expect.poll(async () => (await vera.deliveries.job(begun.id)).state, { timeout: 10_000 }).toBe('done')
    expect(await vera.deliveries.jobs()).toMatchObject([{ id: begun.id, done: 3 }])
    await expect(vera.deliveries.stop(begun.id)).rejects.toThrow(AccessError)
    expect(await owner.deliveries.stop(begun.id)).toMatchObject({ state: 'done' })
    await expect(owner.deliveries.begin('cancel', { webhook: 'none' })).rejects.toMatchObject({ status: 409 })
  })

  it('looks at a user, gives up one delivery, and counts by the hour', async () => {
    const { ben, owner, emitter, post } = await startAdmins()
    await post('/v1/events', {
      id: 'msg_user1',
      timestamp: '2026-11-23T09:00:00.000Z',
      userId: 'ada',
      events: [],
      tags: { plan: 'pro' },
    })
    expect(await ben.users.get('ada')).toMatchObject({ id: 'ada', tags: { plan: 'pro' }, items: [] })
    await expect(ben.users.get('nobody')).rejects.toThrow(NotFoundError)

    await owner.webhooks.disable('crm')
    await emitter.relay('crm', {
      id: 'msg_wait1',
      timestamp: '2026-11-23T09:00:00.000Z',
      name: 'CRM',
      userId: 'ada',
      events: [{ name: 'trigger_event', id: 'crew' }],
      data: {},
    })
    await ben.deliveries.cancelOne('msg_wait1')
    expect(await ben.deliveries.get('msg_wait1')).toMatchObject({ state: 'failed' })
    expect(await ben.deliveries.hours()).toEqual([])
  })
})
