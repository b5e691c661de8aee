import { describe, expect, it, vi } from 'vitest'
import type { Config } from '../src/schema/config.ts'
import { createTourhook, type Tourhook } from '../src/tourhook.ts'
import { createPage, crmAt, hear, toCrm } from './support/page.ts'

const page = createPage()
const steps = [
  { id: 'hello', type: 'modal' as const },
  { id: 'bye', type: 'modal' as const },
]

describe('createTourhook', () => {
  it.each([undefined, null, 5, 'config', true])('throws for a config that is no object: %s', config => {
    expect(() => createTourhook(config as unknown as Config)).toThrow(TypeError)
  })

  it('shows nothing of a config that was given as a text', () => {
    const text = JSON.stringify(crmAt('https://hooks.example.com/s3cret'))
    expect(() => createTourhook(text as unknown as Config)).toThrow('expected a config object, got string')
  })

  it('takes a tour that the page adds to the config', () => {
    const config: Config = { tours: [] }
    const { tourhook } = page.open(config)
    config.tours?.push({ id: 'late', steps })
    expect(tourhook.start('late')?.status).toBe('running')
  })

  it('takes a config with nothing in it', async () => {
    const { tourhook, heard } = page.open({})
    await page.wind(1_000)
    expect(tourhook.pending()).toEqual([])
    await tourhook.flush()
    expect(heard.error).toEqual([])
  })

  it('works twice on a page: those that name the same webhook share its deliveries', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const [one, two] = [page.open(config), page.open(config)]
    one.tourhook.trigger(toCrm())
    expect(two.tourhook.pending()).toEqual(one.tourhook.pending())
    expect(two.heard.queued).toEqual([])
    await page.wind(500)
    page.setOnline(true)
    await page.windUntil(() => page.receiver.requests.length > 0)
    await page.wind(60_000)
    expect(page.receiver.requests).toHaveLength(1)
    expect(one.heard.delivered.length + two.heard.delivered.length).toBe(1)
  })

  it('works apart from those of another namespace', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const [one, other] = [page.open(config), page.open(config, { namespace: '' })]
    one.tourhook.trigger(toCrm())
    expect(one.tourhook.pending()).toHaveLength(1)
    expect(other.tourhook.pending()).toEqual([])
    localStorage.setItem('theme', 'dark')
    other.tourhook.consent(false)
    expect(one.tourhook.pending()).toHaveLength(1)
    expect(localStorage.getItem('theme')).toBe('dark')
  })

  it('tells which runs are under way, the latest started last', () => {
    const { tourhook } = page.open({ tours: ['a', 'b', 'c'].map(id => ({ id, steps })) })
    const running = () => tourhook.runs().map(({ tour }) => tour.id)
    expect(running()).toEqual([])
    for (const id of ['a', 'b', 'c']) tourhook.start(id)
    tourhook.start('a')?.close()
    tourhook.start('c')?.complete()
    expect(running()).toEqual(['b'])
    tourhook.start('a')
    expect(running()).toEqual(['b', 'a'])
  })
})

describe('a trigger without a tour', () => {
  it('sends its data and what it is told', async () => {
    const { tourhook, heard } = page.open(
      crmAt(page.receiver.url(), { data: { plan: { tag: 'plan' }, role: { value: 'none' } } }),
      {
        tags: { plan: 'pro', userId: 42 },
      },
    )
    const tour = { id: 'drawn', name: 'Drawn', step: '2', startedAt: '2026-11-23T08:00:00.000Z' }
    tourhook.trigger(toCrm({ role: { answer: 'role' }, tour: { tour: 'name' } }), {
      answers: { role: 'Developer' },
      tour,
    })
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.json).toEqual({
      id: heard.queued[0]?.id,
      timestamp: '2026-11-23T09:00:00.000Z',
      name: 'crm',
      userId: '42',
      events: [{ name: 'trigger_event', id: 'drawn', step: '2' }],
      data: { plan: 'pro', role: 'Developer', tour: 'Drawn' },
    })
  })

  it('fires as often as it is fired', () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    tourhook.trigger(toCrm())
    expect(heard.queued).toHaveLength(2)
    expect(heard.queued[0]?.id).not.toBe(heard.queued[1]?.id)
  })

  it('to a webhook that is unknown is an error', () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger({ type: 'webhook', webhook: 'crmm' })
    expect(heard.error.map(({ error }) => error.message)).toEqual(['no webhook has the id "crmm"'])
  })

  it.each([undefined, '', null])('names no user when there is none: %j', userId => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()), { tags: { userId } })
    tourhook.trigger(toCrm())
    expect(heard.queued).toMatchObject([{ message: { userId: null } }])
  })

  it('sends the bare data, or a filled template', async () => {
    const webhooks = [
      { id: 'data', url: page.receiver.url('/data'), body: 'data' as const },
      {
        id: 'slack',
        url: page.receiver.url('/slack'),
        body: { text: '{role} of {company}', score: '{score}', none: '{none}' },
      },
    ]
    const { tourhook, heard } = page.open({ webhooks }, { tags: { company: '"Lovelace"' } })
    const context = { answers: { role: 'Developer', score: 9 } }
    tourhook.trigger({ type: 'webhook', webhook: 'data', data: { role: { answer: 'role' } } }, context)
    tourhook.trigger({ type: 'webhook', webhook: 'slack' }, context)
    await page.windUntil(() => heard.delivered.length === 2)
    const bodyOf = (path: string) => page.receiver.requests.find(request => request.path === path)?.json
    expect(bodyOf('/data')).toEqual({ role: 'Developer' })
    expect(bodyOf('/slack')).toEqual({ text: 'Developer of "Lovelace"', score: 9 })
  })
})

describe('consent', () => {
  it('that is missing keeps all from being stored and sent', async () => {
    const config: Config = {
      ...crmAt(page.receiver.url()),
      tours: [{ id: 'welcome', steps, triggers: [{ on: 'started', trigger: toCrm() }] }],
    }
    const { tourhook, heard } = page.open(config, {
      consent: false,
      server: page.receiver.url(),
      tags: { plan: 'pro' },
    })
    const run = tourhook.start('welcome')
    run?.answer('role', 'Developer')
    tourhook.trigger(toCrm())
    run?.complete()
    await tourhook.flush()
    await page.wind(60_000)
    expect(heard).toMatchObject({ queued: [], error: [], completed: [{ tour: 'welcome' }] })
    expect(page.receiver.requests).toEqual([])
    expect(Object.keys(localStorage)).toEqual([])
    expect(Object.keys(sessionStorage)).toEqual([])
  })

  it('that comes starts it: what fires from then on is sent', async () => {
    const trigger = { on: 'step', step: 'hello', trigger: toCrm() } as const
    const { tourhook, heard } = page.open(
      { ...crmAt(page.receiver.url()), tours: [{ id: 'welcome', steps, triggers: [trigger] }] },
      { consent: false },
    )
    const run = tourhook.start('welcome')
    run?.next()
    tourhook.consent(true)
    run?.previous()
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('that comes sends what a page before has left waiting', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.wind(500)
    first.tourhook.destroy()
    page.setOnline(true)

    const { tourhook, heard } = page.open(config, { consent: false })
    await page.wind(60_000)
    expect(tourhook.pending()).toEqual([])
    expect(page.receiver.requests).toEqual([])
    tourhook.consent(true)
    await page.windUntil(() => heard.delivered.length > 0)
  })

  it('that is withdrawn removes all that was stored, and leaves what is not ours', async () => {
    localStorage.setItem('mine', 'stays')
    page.receiver.script({ answer: { status: 503 } })
    const config: Config = { ...crmAt(page.receiver.url()), tours: [{ id: 'welcome', steps }] }
    const { tourhook, heard } = page.open(config, { server: page.receiver.url(), tags: { plan: 'pro' } })
    tourhook.start('welcome')
    tourhook.trigger(toCrm())
    await page.windUntil(() => page.receiver.requests.length > 2)
    expect(Object.keys(localStorage).length).toBeGreaterThan(1)
    tourhook.consent(false)
    expect(Object.keys(localStorage)).toEqual(['mine'])
    expect(Object.keys(sessionStorage)).toEqual([])
    expect(tourhook.pending()).toEqual([])

    page.receiver.clear()
    await page.wind(600_000)
    expect(page.receiver.requests).toEqual([])
    expect(Object.keys(localStorage)).toEqual(['mine'])
    expect(heard.delivered).toEqual([])
  })

  it('that is withdrawn removes what a page before has stored, though this one had none', () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    first.tourhook.destroy()
    page.open(config, { consent: false }).tourhook.consent(false)
    expect(Object.keys(localStorage)).toEqual([])
  })

  it('that is withdrawn breaks off what is under way', async () => {
    page.receiver.script({ answer: 'hang' })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    tourhook.consent(false)
    await page.wind(60_000)
    expect(page.receiver.requests).toHaveLength(1)
    expect(heard).toMatchObject({ delivered: [], failed: [], error: [] })
    expect(Object.keys(localStorage)).toEqual([])
  })

  it('may be withdrawn and given again', async () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
    tourhook.consent(false)
    tourhook.trigger(toCrm())
    tourhook.consent(true)
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    await page.wind(1_000)
    expect(page.receiver.requests).toHaveLength(1)
  })
})

describe('a renderer', () => {
  it('gets the Tourhook, hears of its steps, and is undone by destroy', () => {
    const undo = vi.fn()
    const seen: string[] = []
    const renderer = (tourhook: Tourhook) => {
      tourhook.on('step', ({ step }) => seen.push(step.id ?? ''))
      return undo
    }
    const { tourhook } = page.open({ tours: [{ id: 'welcome', steps }] }, { renderer })
    tourhook.start('welcome')?.next()
    expect(seen).toEqual(['hello', 'bye'])
    tourhook.destroy()
    expect(undo).toHaveBeenCalledOnce()
  })

  it('that throws is announced, when it starts and when it is undone', () => {
    const errors: string[] = []
    const listener = (event: Event) =>
      errors.push((event as CustomEvent<{ error: Error }>).detail.error.message)
    document.addEventListener('tourhook:error', listener)
    const fail = (message: string) => () => {
      throw new Error(message)
    }
    page.open({}, { renderer: fail('can not draw') })
    page.open({}, { renderer: () => fail('can not undo') }).tourhook.destroy()
    document.removeEventListener('tourhook:error', listener)
    expect(errors).toEqual(['can not draw', 'can not undo'])
  })
})

describe('destroy', () => {
  it('ends the tries; the next page goes on', async () => {
    page.receiver.script({ answer: { status: 503, headers: { 'retry-after': '30' } } })
    const config = crmAt(page.receiver.url())
    const { tourhook } = page.open(config)
    tourhook.trigger(toCrm())
    await page.receiver.arrived(1)
    tourhook.destroy()
    await page.wind(600_000)
    expect(page.receiver.requests).toHaveLength(1)
    window.dispatchEvent(new Event('online'))
    await page.fetch.idle()
    expect(page.receiver.requests).toHaveLength(1)

    page.receiver.script({ answer: { status: 200 } })
    const { heard } = page.open(config)
    await page.windUntil(() => heard.delivered.length > 0)
  })

  it('may come at once, and twice', async () => {
    page.setOnline(false)
    const config = crmAt(page.receiver.url())
    const first = page.open(config)
    first.tourhook.trigger(toCrm())
    await page.wind(500)
    first.tourhook.destroy()
    page.setOnline(true)
    const { tourhook, heard } = page.open(config)
    tourhook.destroy()
    tourhook.destroy()
    await page.wind(60_000)
    expect(page.receiver.requests).toEqual([])
    expect(heard.error).toEqual([])
  })
})

describe('events', () => {
  it('are heard until undone', () => {
    const tourhook = createTourhook({ tours: [{ id: 'welcome', steps }] })
    const heard = hear(tourhook)
    const listener = vi.fn()
    const undo = tourhook.on('step', listener)
    const run = tourhook.start('welcome')
    undo()
    undo()
    run?.next()
    expect(listener).toHaveBeenCalledOnce()
    expect(heard.step).toHaveLength(2)
    tourhook.destroy()
  })

  it('are DOM events on the document, too', async () => {
    const seen: string[] = []
    const names = ['started', 'step', 'completed', 'closed', 'queued', 'delivered', 'failed', 'error']
    const listener = (event: Event) => {
      expect((event as CustomEvent).detail).toBeTypeOf('object')
      seen.push(event.type)
    }
    for (const name of names) document.addEventListener(`tourhook:${name}`, listener)
    const { tourhook, heard } = page.open({ ...crmAt(page.receiver.url()), tours: [{ id: 'welcome', steps }] })
    tourhook.start('welcome')?.complete()
    tourhook.start('welcome')?.close()
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.delivered.length > 0)
    page.receiver.script({ answer: { status: 400 } })
    tourhook.trigger(toCrm())
    await page.windUntil(() => heard.failed.length > 0)
    tourhook.start('unknown')
    for (const name of names) document.removeEventListener(`tourhook:${name}`, listener)
    expect(new Set(seen)).toEqual(new Set(names.map(name => `tourhook:${name}`)))
  })
})

describe('consent that is no boolean', () => {
  it.each([null, 'true', 'False', 0, 1, '', {}])('is a no, and said so: %j', async consent => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()), {
      consent: consent as unknown as boolean,
    })
    tourhook.trigger(toCrm())
    await page.fetch.idle()
    expect(heard.queued).toEqual([])
    expect(heard.error[0]?.error.message).toMatch(
      /^consent: expected true or false, got .*; nothing is stored or sent$/,
    )
    tourhook.consent(true)
    tourhook.consent(consent as unknown as boolean)
    tourhook.trigger(toCrm())
    expect(heard.queued).toEqual([])
    expect(Object.keys(localStorage)).toEqual([])
  })

  it('is a yes when it is not given at all', () => {
    const { tourhook, heard } = page.open(crmAt(page.receiver.url()), { consent: undefined })
    tourhook.trigger(toCrm())
    expect(heard.queued).toHaveLength(1)
  })
})

describe('a config of the wrong shape', () => {
  it('is an error that says what came: a list', () => {
    expect(() => createTourhook([] as unknown as Config)).toThrow('expected a config object, got a list')
  })

  it.each([{ tours: {} }, { webhooks: 'none' }, { tours: [null] }])('is announced: %j', async config => {
    const { heard } = page.open(config as unknown as Config)
    await page.fetch.idle()
    expect(heard.error[0]?.error.message).toMatch(/^expected "(tours|webhooks)" to be a list of objects, got /)
  })
})
