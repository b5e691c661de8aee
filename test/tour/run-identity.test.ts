import { describe, expect, it } from 'vitest'
import type { Message } from '../../src/message/message.ts'
import type { Config } from '../../src/schema/config.ts'
import type { Step } from '../../src/schema/steps.ts'
import type { Tour } from '../../src/schema/tour.ts'
import type { Tourhook, TourhookOptions } from '../../src/tourhook.ts'
import { createPage, toCrm } from '../support/page.ts'

const page = createPage()

const q1: Step = { id: 'q1', type: 'modal' }
const q2: Step = { id: 'q2', type: 'modal' }
const send: Step = { type: 'trigger', trigger: toCrm({ role: { answer: 'role' } }) }

function configOf(steps: Tour['steps'], triggers: Tour['triggers'] = []): Config {
  return {
    webhooks: [{ id: 'crm', url: page.receiver.url('/hook') }],
    tours: [{ id: 't', steps, triggers }],
  }
}

/** The next page of this tab. */
async function nextPage(config: Config, options?: TourhookOptions) {
  const opened = page.open(config, options)
  await page.fetch.idle()
  return opened
}

describe('a deploy while a tour is under way', () => {
  it('sends no trigger again that has moved', async () => {
    const first = page.open(configOf([q1, send, q2]))
    first.tourhook.start('t')?.next()
    expect(first.heard.queued).toHaveLength(1)
    first.tourhook.destroy()

    const { heard } = await nextPage(configOf([{ id: 'hello', type: 'modal' }, q1, send, q2]))
    expect(heard.step).toMatchObject([{ index: 3, step: { id: 'q2' } }])
    heard.step[0]?.run.previous()
    heard.step[0]?.run.next()
    expect(heard.queued).toEqual([])
  })

  it('sends no trigger again that was edited', async () => {
    const first = page.open(configOf([q1, send, q2]))
    first.tourhook.start('t')?.next()
    first.tourhook.destroy()
    const edited: Step = { type: 'trigger', trigger: toCrm({ plan: { tag: 'plan' } }) }
    const { tourhook, heard } = await nextPage(configOf([q1, edited, q2]))
    tourhook.start('t')?.goTo('q1')
    tourhook.start('t')?.next()
    expect(heard.queued).toEqual([])
  })

  it('skips no trigger that comes before one that has fired', async () => {
    const started = { on: 'started', trigger: toCrm() } as const
    const completed = { on: 'completed', trigger: toCrm({ end: { value: true } }) } as const
    const first = page.open(configOf([q1], [started]))
    first.tourhook.start('t')
    expect(first.heard.queued).toHaveLength(1)
    first.tourhook.destroy()

    const { tourhook, heard } = await nextPage(configOf([q1], [completed, started]))
    tourhook.start('t')?.next()
    expect(heard.queued).toMatchObject([{ message: { data: { end: true } } }])
  })

  it('sends a second trigger to the same webhook, and not the first again', async () => {
    const at = (name: string) =>
      ({ on: 'step', step: 'q1', trigger: toCrm({ name: { value: name } }) }) as const
    const first = page.open(configOf([q1, q2], [at('a')]))
    first.tourhook.start('t')?.next()
    first.tourhook.destroy()
    const { tourhook, heard } = await nextPage(configOf([q1, q2], [at('b'), at('a')]))
    tourhook.start('t')?.goTo('q1')
    expect(heard.queued).toMatchObject([{ message: { data: { name: 'b' } } }])
  })
})

describe('a message’s id', () => {
  it('is the same in a copy of the tab, and matches what the companion takes', () => {
    const config = configOf([q1, send, q2])
    const first = page.open(config)
    first.tourhook.start('t')
    const copied = { ...sessionStorage }
    first.tourhook.start('t')?.next()
    first.tourhook.destroy()

    for (const [key, value] of Object.entries(copied)) sessionStorage.setItem(key, value)
    localStorage.clear()
    const second = page.open(config)
    second.tourhook.start('t')?.next()
    expect(second.heard.queued[0]?.id).toBe(first.heard.queued[0]?.id)
    expect(second.heard.queued[0]?.id).toMatch(/^msg_[\w-]{1,100}$/)
  })

  it('is sent and ends once, also when a copy of the tab comes to the same step later, and the endpoint would refuse it', async () => {
    window.addEventListener('tourhook:created', keepApart, { capture: true, once: true })
    const first = page.open(configOf([q1, send, q2]))
    first.tourhook.start('t')
    const copied = { ...sessionStorage }
    first.tourhook.start('t')?.next()
    await page.windUntil(() => first.heard.delivered.length === 1)

    for (const [key, value] of Object.entries(copied)) sessionStorage.setItem(key, value)
    page.receiver.script({ answer: { status: 400 } })
    window.addEventListener('tourhook:created', keepApart, { capture: true, once: true })
    const second = page.open(configOf([q1, send, q2]))
    second.tourhook.start('t')?.next()
    await page.wind(1_000)
    expect(second.heard.step).not.toHaveLength(0)
    expect(second.heard.failed).toEqual([])
    expect(page.receiver.requests).toHaveLength(1)
  })

  it('is another for each repetition in each copy of the tab, and all are sent', async () => {
    const again: Step = { type: 'trigger', trigger: toCrm({ role: { answer: 'role' } }, { repeat: true }) }
    window.addEventListener('tourhook:created', keepApart, { capture: true, once: true })
    const first = page.open(configOf([q1, again, q2]))
    first.tourhook.start('t')?.next()
    const copied = { ...sessionStorage }
    const repeat = (tourhook: Tourhook, role: string) => {
      tourhook.start('t')?.answer('role', role)
      tourhook.start('t')?.goTo(1)
    }
    repeat(first.tourhook, 'Director')
    await page.windUntil(() => first.heard.delivered.length === 2)

    for (const [key, value] of Object.entries(copied)) sessionStorage.setItem(key, value)
    window.addEventListener('tourhook:created', keepApart, { capture: true, once: true })
    const second = page.open(configOf([q1, again, q2]))
    repeat(second.tourhook, 'Engineer')
    await page.windUntil(() => second.heard.delivered.length === 1)
    expect(page.receiver.requests.map(({ json }) => (json as Message).data)).toMatchObject([
      {},
      { role: 'Director' },
      { role: 'Engineer' },
    ])
  })

  it('is another for each repetition, each trigger and each run', () => {
    const again: Step = { type: 'trigger', trigger: toCrm({}, { repeat: true }) }
    const { tourhook, heard } = page.open(configOf([q1, send, again, q2]))
    for (const _ of [1, 2]) {
      const run = tourhook.start('t')
      run?.next()
      run?.previous()
      run?.next()
      run?.close()
    }
    expect(heard.queued).toHaveLength(6)
    expect(new Set(heard.queued.map(({ id }) => id)).size).toBe(6)
  })
})

/** Another tab has a document of its own. */
function keepApart(event: Event): void {
  event.stopImmediatePropagation()
}

describe('a run', () => {
  const config = () =>
    configOf(
      [{ id: 'salary', type: 'modal' }, { id: 'b', type: 'modal' }, send],
      [{ on: 'closed', trigger: toCrm({ left: { value: true } }) }],
    )

  function answered(userId?: string) {
    const first = page.open(config(), { tags: { userId } })
    const run = first.tourhook.start('t')
    run?.answer('role', 'Director')
    run?.next()
    first.tourhook.destroy()
  }

  it('of one visitor is not the next one’s, who begins anew', async () => {
    answered('alice')
    const { tourhook, heard } = await nextPage(config(), { tags: { userId: 'bob' } })
    expect(heard).toMatchObject({ step: [], queued: [] })
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('Director')
    expect(tourhook.start('t')).toMatchObject({ index: 0, answers: {} })
  })

  it('of one visitor is not that of one who has no id', async () => {
    answered('alice')
    const { tourhook, heard } = await nextPage(config(), { tags: {} })
    await page.wind(30_000)
    expect(heard).toMatchObject({ step: [], queued: [] })
    expect(tourhook.start('t')).toMatchObject({ index: 0, answers: {} })
  })

  it('goes on once a page says late whose it is', async () => {
    answered('alice')
    const tags: Record<string, unknown> = {}
    const late = await nextPage(config(), { tags: () => tags })
    expect(late.heard.step).toEqual([])
    tags.userId = 'alice'
    await page.wind(1_000)
    expect(late.heard.step).toMatchObject([{ step: { id: 'b' } }])
    late.tourhook.destroy()

    const set = await nextPage(config())
    set.tourhook.tags.set({ userId: 'alice' })
    expect(set.heard.step).toMatchObject([{ step: { id: 'b' } }])
  })

  it('of who has no id yet is theirs who gets one', async () => {
    answered()
    const { tourhook, heard } = await nextPage(config(), { tags: { userId: 'alice' } })
    expect(heard.step).toMatchObject([{ step: { id: 'b' } }])
    tourhook.tags.set({ userId: 'bob' })
    expect(heard.step[0]?.run).toMatchObject({ status: 'closed', answers: {} })
    expect(heard.queued).toEqual([])
  })

  it.each([
    ['the tags are cleared', (tags: Record<string, unknown>) => tags, true],
    [
      'the page’s own tags name another',
      (tags: Record<string, unknown>) => Object.assign(tags, { userId: 'bob' }),
      false,
    ],
  ])('ends without a word to anyone when %s', async (_, change, isCleared) => {
    const tags = { userId: 'alice' }
    const { tourhook, heard } = page.open(config(), { tags: () => tags })
    const run = tourhook.start('t')
    run?.answer('role', 'Director')
    change(tags)
    if (isCleared) tourhook.tags.clear()
    run?.next()
    run?.complete()
    expect(run).toMatchObject({ status: 'closed', answers: {} })
    expect(heard).toMatchObject({ completed: [], queued: [], closed: [{ tour: 't' }] })
    expect(Object.keys(sessionStorage)).toEqual([])
    tourhook.tags.set({ userId: 'bob' })
    expect(tourhook.start('t')).toMatchObject({ index: 0, answers: {} })
  })
})

describe('a trigger', () => {
  it('sends nothing of one visitor when a listener has made it another one’s on the way', () => {
    const tags = { userId: 'alice' }
    const trigger = toCrm({ role: { answer: 'role' } })
    const { tourhook, heard } = page.open(configOf([q1, send], [{ on: 'completed', trigger }]), {
      tags: () => tags,
    })
    const run = tourhook.start('t')
    run?.answer('role', 'Director')
    tourhook.on('queued', () => Object.assign(tags, { userId: 'bob' }))
    run?.next()
    expect(heard.queued.map(({ message }) => message.userId)).toEqual(['alice'])
  })
})

describe('what arrives of a tour', () => {
  it('tells completed from closed, and started from a step', () => {
    const data = { outcome: { tour: 'outcome' } } as const
    const triggers: Tour['triggers'] = [
      { on: 'started', trigger: toCrm(data) },
      { on: 'step', step: 'q1', trigger: toCrm(data) },
      { on: 'completed', trigger: toCrm(data) },
      { on: 'closed', trigger: toCrm(data) },
    ]
    const { tourhook, heard } = page.open(configOf([q1, send], triggers))
    tourhook.start('t')?.next()
    tourhook.start('t')?.close()
    const told = heard.queued.map(({ message }) => [
      message.events[0] && 'on' in message.events[0] ? message.events[0].on : undefined,
      'data' in message ? message.data.outcome : undefined,
    ])
    expect(told).toEqual([
      ['started', undefined],
      ['step', undefined],
      [undefined, undefined],
      ['completed', 'completed'],
      ['started', undefined],
      ['step', undefined],
      ['closed', 'closed'],
    ])
  })
})

describe('a step of an unknown type', () => {
  it('is left out, and said so', () => {
    const { tourhook, heard } = page.open(configOf([q1, { type: 'modl' } as unknown as Step, q2]))
    const run = tourhook.start('t')
    run?.next()
    expect(run?.step?.id).toBe('q2')
    run?.previous()
    expect(run?.step?.id).toBe('q1')
    expect(heard.error.map(({ error }) => error.message)).toEqual([
      'tour "t": step 1 is left out: expected modal, pointer, slideout or trigger, got "modl"',
    ])
  })
})

describe('a page that draws the steps itself', () => {
  it('hears of the step again when it starts a tour that goes on', () => {
    const { tourhook, heard } = page.open(configOf([q1, q2]))
    tourhook.start('t')?.next()
    const run = tourhook.start('t')
    expect(heard.step.map(({ step }) => step.id)).toEqual(['q1', 'q2', 'q2'])
    expect(heard.step.at(-1)?.run).toBe(run)
    expect(heard.started).toHaveLength(1)
  })

  it('hears of the step that waits when it listens late, once', async () => {
    const { tourhook } = page.open(configOf([q1, q2]))
    tourhook.start('t')
    const late: (string | undefined)[] = []
    const undo = tourhook.on('step', ({ step }) => late.push(step.id))
    await Promise.resolve()
    expect(late).toEqual(['q1'])
    undo()
    tourhook.on('step', ({ step }) => late.push(step.id))
    tourhook.start('t')
    await Promise.resolve()
    expect(late).toEqual(['q1', 'q1'])
    tourhook.on('step', ({ step }) => late.push(step.id))()
    await Promise.resolve()
    expect(late).toEqual(['q1', 'q1'])
  })

  it('may start the tour in its listener without end', () => {
    const { tourhook, heard } = page.open(configOf([q1]))
    tourhook.on('step', () => tourhook.start('t'))
    tourhook.start('t')
    expect(heard.step).toHaveLength(1)
  })
})

describe('a hot reload', () => {
  it('ends the Tourhook of the module’s former version; the new one goes on where it was', async () => {
    const undone: string[] = []
    const renderer = () => () => void undone.push('undone')
    const first = page.open(configOf([q1, q2]), { renderer })
    const run = first.tourhook.start('t')
    run?.next()
    const { heard } = await nextPage(configOf([q1, q2]))
    expect(undone).toEqual(['undone'])
    expect(heard.step).toMatchObject([{ step: { id: 'q2' } }])
    run?.previous()
    expect(first.heard.step).toHaveLength(2)
    expect(first.tourhook.start('t')).toBeUndefined()
  })

  it('leaves a Tourhook with other tours, or another namespace, as it is', () => {
    const first = page.open(configOf([q1]))
    page.open({ tours: [{ id: 'other', steps: [q1] }] })
    page.open(configOf([q1]), { namespace: 'other' })
    expect(first.tourhook.start('t')?.status).toBe('running')
  })
})
