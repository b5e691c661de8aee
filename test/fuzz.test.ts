import { describe, expect, it, vi } from 'vitest'
import type { Config } from '../src/schema/config.ts'
import type { Run } from '../src/tour/run.ts'
import { createPage, crmAt, toCrm } from './support/page.ts'

const page = createPage()
const tours = [{ id: 'welcome', steps: [{ id: 'hello', type: 'modal' as const, title: 'Hi {name}' }] }]
const fail = () => {
  throw new Error('hostile')
}

describe('a hostile config', () => {
  it('with __proto__ changes no prototype, and its data arrives', async () => {
    const data = '{ "__proto__": { "value": "a" }, "constructor": { "value": "b" } }'
    const config = JSON.parse(
      `{ "__proto__": { "polluted": 1 }, "webhooks": [{ "id": "crm", "url": "${page.receiver.url()}", "data": ${data} }] }`,
    ) as Config
    const { tourhook, heard } = page.open(config)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.body).toContain('"data":{"__proto__":"a","constructor":"b"}')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it.each([
    'javascript:alert(1)',
    'data:text/plain,a',
    'file:///etc/passwd',
    '/relative',
    '',
    'https://',
    '//x',
  ])('with the URL %j sends nothing and says so', async url => {
    const { tourhook, heard } = page.open(crmAt(url))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.failed.length > 0)
    expect(heard.failed).toMatchObject([{ reason: 'invalid', webhook: 'crm' }])
    expect(heard.error).toHaveLength(1)
    expect(tourhook.pending()).toEqual([])
  })

  it.each([
    { webhooks: null, tours: null },
    { webhooks: 5, tours: 5 },
    { webhooks: [null], tours: [null] },
    { webhooks: {}, tours: {} },
    { webhooks: [{ id: 'crm' }], tours: [{ id: 'welcome', steps: 'none' }] },
    {
      webhooks: [{ id: 'crm', url: 5, headers: 5, body: [] }],
      tours: [{ id: 'welcome', steps: [null], triggers: [{}] }],
    },
    { tours: [{ id: 'welcome', steps: [{ type: 'trigger' }, { type: 'modal', title: 5 }] }] },
    { tours: [{ id: 'welcome', triggers: 5 }] },
  ])('without a shape is announced, and nothing is thrown: %j', async broken => {
    const { tourhook, heard } = page.open(broken as unknown as Config)
    useAll(tourhook, tourhook.start('welcome'))
    await page.wind(1_000)
    await tourhook.flush()
    expect(heard.error.length).toBeGreaterThan(0)
  })

  it('with an invalid selector sends the rest', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm({ sum: { element: 'div[' }, plan: { value: 'pro' } }))
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.json).toMatchObject({ data: { plan: 'pro' } })
    expect(heard.error).toHaveLength(1)
  })

  it('with a header that no request can have keeps the message and says so', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { headers: { 'X Team': 'a\nb' } }))
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.error.length > 0)
    expect(page.receiver.requests).toEqual([])
  })
})

describe('hostile tags', () => {
  it('in their ten thousands arrive', async () => {
    const tags = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`tag${index}`, `value ${index}`]),
    )
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()), { tags })
    tourhook.trigger(toCrm(Object.fromEntries(Object.keys(tags).map(tag => [tag, { tag }]))))
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.json).toMatchObject({ data: { tag0: 'value 0', tag9999: 'value 9999' } })
    expect(page.fetch.keptAlive).toEqual([false])
  })

  it.each([
    ['a function that throws', fail],
    ['a getter that throws', Object.defineProperty({}, 'plan', { enumerable: true, get: fail })],
    ['a proxy that throws', new Proxy({}, { ownKeys: fail })],
    ['values that can’t be shown', { plan: Symbol('s'), other: Object.create(null), more: 1n }],
  ])('from %s are missing: the tour and its message go on', async (_, tags) => {
    const { tourhook, heard } = page.open(
      { ...crmAt(page.receiver.url()), tours },
      { tags: tags as () => undefined },
    )
    const run = tourhook.start('welcome')
    expect(run?.step?.title).toBe('Hi ')
    expect(tourhook.tags.get()).toEqual({})
    tourhook.trigger(toCrm({ plan: { tag: 'plan' } }))
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.json).toMatchObject({ userId: null, data: {} })
    expect(heard.error.length).toBeGreaterThan(0)
  })
})

describe('hostile answers', () => {
  it('of 5 MB arrive', async () => {
    const { tourhook, heard } = page.open({ ...crmAt(page.receiver.url()), tours })
    const run = tourhook.start('welcome')
    run?.answer('text', 'x'.repeat(5_000_000))
    tourhook.trigger(toCrm({ text: { answer: 'text' } }), { answers: run?.answers as Record<string, string> })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.body.length).toBeGreaterThan(5_000_000)
    expect(page.fetch.keptAlive).toEqual([false])
  })

  it('that are cyclic, or no JSON, are announced, and the others stay', () => {
    const { tourhook, heard } = page.open({ ...crmAt(page.receiver.url()), tours })
    const cyclic: Record<string, unknown> = {}
    cyclic.self = cyclic
    const run = tourhook.start('welcome')
    run?.answer('role', 'Developer')
    run?.answer('cyclic', cyclic)
    run?.answer('big', 1n)
    run?.answer('evil', { toJSON: fail })
    expect(run?.answers).toEqual({ role: 'Developer' })
    expect(heard.error).toHaveLength(3)

    tourhook.trigger(toCrm({ cyclic: { answer: 'cyclic' } }), { answers: { cyclic: cyclic as never } })
    expect(heard.error).toHaveLength(4)
    expect(tourhook.pending()).toEqual([])
    expect(run?.status).toBe('running')
  })

  it('called __proto__ are answers like any other', () => {
    const { tourhook } = page.open({ tours })
    const run = tourhook.start('welcome')
    run?.answer('__proto__', { polluted: 1 })
    expect(Object.keys(run?.answers ?? {})).toEqual(['__proto__'])
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('do not break out of a template’s JSON', async () => {
    const body = { text: 'said {role}', admin: false }
    const { tourhook, heard } = page.open(crmAt(page.receiver.url(), { body }))
    const role = '","admin":true,"x":"\\'
    tourhook.trigger(toCrm(), { answers: { role } })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.json).toEqual({ text: `said ${role}`, admin: false })
  })
})

describe('hostile listeners', () => {
  it('that throw at every event stop neither the tour, nor the message, nor each other', async () => {
    vi.spyOn(console, 'error').mockReturnValue()
    const { tourhook, heard } = page.open({ ...crmAt(page.receiver.url()), tours })
    for (const name of ['started', 'step', 'completed', 'queued', 'delivered', 'failed', 'error'] as const) {
      tourhook.on(name, fail)
    }
    tourhook.start('welcome')?.next()
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    expect(heard).toMatchObject({ started: [{}], step: [{}], completed: [{}], queued: [{}], delivered: [{}] })
    expect(heard.error.length).toBeGreaterThan(0)
  })
})

describe('hostile storage', () => {
  const garbage = ['', 'null', '5', '"text"', '[]', '{}', '{"message":null}', '{"message":{"id":5}}', '{broken']

  it.each(garbage)('under our keys is borne: %j', async text => {
    const id = 'msg_00000000000'
    for (const key of ['delivery:', `delivery:${id}`, 'transport:crm'])
      localStorage.setItem(`tourhook:${key}`, text)
    for (const key of ['run:welcome', 'tags']) sessionStorage.setItem(`tourhook:${key}`, text)
    const config = { ...crmAt(page.receiver.url()), tours }
    const { tourhook, heard } = page.open(config, { server: page.receiver.url() })
    expect(tourhook.pending()).toEqual([])
    const run = tourhook.start('welcome')
    run?.answer('role', 'Developer')
    expect(run).toMatchObject({ status: 'running', step: { id: 'hello' }, answers: { role: 'Developer' } })
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.some(({ webhook }) => webhook === 'crm'))
    await tourhook.flush()
    expect(heard.error).toEqual([])
    expect(heard.failed).toEqual([])
    useAll(tourhook, run)
  })

  it('with a record that has an id but no date is given up, once', async () => {
    const id = 'msg_00000000000'
    localStorage.setItem(`tourhook:delivery:${id}`, JSON.stringify({ webhook: 'crm', message: { id } }))
    const { heard } = page.open(crmAt(page.receiver.url()))
    await page.wind(10_000)
    expect(heard.failed).toMatchObject([{ id, reason: 'expired' }])
    expect(page.receiver.requests).toEqual([])
  })
})

describe('hostile calls', () => {
  it('never make the API throw', async () => {
    const { tourhook, heard } = page.open(
      { ...crmAt(page.receiver.url()), tours },
      { server: page.receiver.url() },
    )
    const nothings = [undefined, null, 5, 'text', {}, [], Symbol('s'), fail] as never[]
    for (const nothing of nothings) {
      tourhook.start(nothing)
      tourhook.trigger(nothing, nothing)
      tourhook.report(nothing)
      tourhook.tags.set(nothing)
      tourhook.tags.get(nothing)
      tourhook.tags.remove(nothing)
      const run = tourhook.start('welcome')
      run?.goTo(nothing)
      run?.answer(nothing, nothing)
      run?.collect(nothing)
      run?.reach(nothing, nothing)
      run?.close()
    }
    await tourhook.flush()
    expect(heard.error.length).toBeGreaterThan(0)
  })
})

function useAll(tourhook: ReturnType<typeof page.open>['tourhook'], run: Run | undefined): void {
  run?.answer('a', 1)
  run?.next()
  run?.previous()
  run?.goTo(0)
  run?.close()
  tourhook.trigger(toCrm({ a: { tag: 'a' } }))
  tourhook.tags.set({ a: 1 })
  tourhook.consent(false)
  tourhook.consent(true)
  tourhook.pending()
}
