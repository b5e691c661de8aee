import { describe, expect, it, vi } from 'vitest'
import type { Config } from '../../src/schema/config.ts'
import type { Tour } from '../../src/schema/tour.ts'
import { createPage, toCrm } from '../support/page.ts'

const page = createPage()

const welcome: Tour = {
  id: 'welcome',
  name: 'Welcome',
  steps: [
    { id: 'hello', type: 'modal', title: 'Hi {firstName}', content: 'You are {answer.role} of {tag.company}.' },
    { id: 'send', type: 'trigger', trigger: toCrm({ role: { answer: 'role' } }) },
    { id: 'new', type: 'pointer', element: '#new', content: 'Begin in {tour.name}, {nobody}!' },
    { id: 'bye', type: 'slideout', title: 'Bye' },
  ],
}

function configOf(...tours: Tour[]): Config {
  return { webhooks: [{ id: 'crm', name: 'CRM lead', url: page.receiver.url('/hook') }], tours }
}

/** A tour with these triggers, of which each sends its own name. */
function triggered(on: Tour['triggers'], steps: Tour['steps'] = welcome.steps): Tour {
  return { id: 'welcome', steps, triggers: on }
}

const sends = (name: string) => toCrm({ fired: { value: name } })
const firedOf = (queued: { message: object }[]) =>
  queued.map(({ message }) => ('data' in message ? (message.data as { fired?: string }).fired : undefined))

describe('a tour', () => {
  it('starts with its first step', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    expect(run).toMatchObject({ status: 'running', index: 0, tour: { id: 'welcome' }, step: { id: 'hello' } })
    expect(heard.started).toEqual([{ tour: 'welcome', run }])
    expect(heard.step).toMatchObject([{ tour: 'welcome', index: 0, step: { id: 'hello', type: 'modal' }, run }])
  })

  it('goes on over a trigger at once, which sends on the way', async () => {
    const { tourhook, heard } = page.open(configOf(welcome), { tags: { userId: 'user_1' } })
    const run = tourhook.start('welcome')
    run?.answer('role', 'Developer')
    run?.next()
    expect(run).toMatchObject({ index: 2, step: { id: 'new' } })
    expect(heard.step.map(({ step }) => step.id)).toEqual(['hello', 'new'])

    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.json).toEqual({
      id: expect.stringMatching(/^msg_/),
      timestamp: '2026-11-23T09:00:00.000Z',
      name: 'CRM lead',
      userId: 'user_1',
      events: [{ name: 'trigger_event', id: 'welcome', step: 'send' }],
      data: { role: 'Developer' },
    })
  })

  it('goes back over a trigger, and stays at the first step', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    run?.next()
    run?.previous()
    expect(run?.step?.id).toBe('hello')
    run?.previous()
    expect(run).toMatchObject({ status: 'running', index: 0 })
    expect(heard.queued).toHaveLength(1)
  })

  it('goes to a step by its id or its index, and fires what it lands on alone', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    run?.goTo('bye')
    expect(run?.index).toBe(3)
    expect(heard.queued).toHaveLength(0)
    run?.goTo(0)
    expect(run?.step?.id).toBe('hello')
    run?.goTo('send')
    expect(run?.step?.id).toBe('new')
    expect(heard.queued).toHaveLength(1)
  })

  it('stays where it is when there is no such step', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    run?.goTo('nowhere')
    run?.goTo(99)
    run?.goTo(-1)
    expect(run).toMatchObject({ status: 'running', index: 0 })
    expect(heard.error.map(({ error }) => error.message)).toEqual(['no step has the id "nowhere"'])
    expect(heard.step).toHaveLength(1)
  })

  it('is completed by next on its last step, and gives no step any more', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    for (const _ of [1, 2, 3]) run?.next()
    expect(run).toMatchObject({ status: 'completed', step: undefined })
    expect(heard.completed).toEqual([{ tour: 'welcome', run }])
    expect(heard.closed).toEqual([])
  })

  it('is completed when its last step is a trigger', () => {
    const { tourhook, heard } = page.open(configOf({ ...welcome, steps: welcome.steps?.slice(0, 2) }))
    tourhook.start('welcome')?.next()
    expect(heard.completed).toHaveLength(1)
    expect(heard.queued).toHaveLength(1)
  })

  it('is completed at once when it is triggers alone, or has no step at all', () => {
    const only = page.open(configOf({ id: 'welcome', steps: [{ type: 'trigger', trigger: toCrm() }] }))
    only.tourhook.start('welcome')
    expect(only.heard).toMatchObject({
      completed: [{ tour: 'welcome' }],
      queued: [{ webhook: 'crm' }],
      step: [],
    })

    const empty = page.open(configOf({ id: 'welcome', steps: [] }))
    empty.tourhook.start('welcome')
    expect(empty.heard.completed).toHaveLength(1)
  })

  it('ends once: completed or closed, whatever comes after', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    run?.close()
    run?.close()
    run?.complete()
    run?.next()
    run?.previous()
    run?.goTo('new')
    run?.answer('role', 'late')
    expect(run).toMatchObject({ status: 'closed', step: undefined, answers: {} })
    expect(heard.closed).toEqual([{ tour: 'welcome', run }])
    expect(heard.completed).toEqual([])
    expect(heard.step).toHaveLength(1)
  })

  it('gives the same run when it is started twice, and a new one after its end', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const first = tourhook.start('welcome')
    first?.next()
    expect(tourhook.start('welcome')).toBe(first)
    expect(first?.index).toBe(2)
    first?.close()
    const second = tourhook.start('welcome')
    expect(second).not.toBe(first)
    expect(second?.index).toBe(0)
    expect(heard.started).toHaveLength(2)
  })

  it('that is unknown is an error, and no run', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    expect(tourhook.start('welcom')).toBeUndefined()
    expect(heard.error.map(({ error }) => error.message)).toEqual(['no tour has the id "welcom"'])
  })

  it('leaves another tour alone', () => {
    const { tourhook } = page.open(configOf(welcome, { ...welcome, id: 'other' }))
    const first = tourhook.start('welcome')
    const second = tourhook.start('other')
    second?.next()
    second?.answer('role', 'Manager')
    expect(first).toMatchObject({ index: 0, answers: {} })
  })
})

describe('a run that a listener closes', () => {
  it.each(['started', 'queued', 'step'] as const)('on %s is closed once, and leaves nothing behind', name => {
    const trigger = { on: 'started', trigger: toCrm() } as const
    const steps: Tour['steps'] = [{ type: 'trigger', trigger: toCrm() }, { type: 'modal' }]
    const { tourhook, heard } = page.open(configOf({ id: 'welcome', steps, triggers: [trigger] }))
    tourhook.on('started', ({ run }) => {
      if (name === 'started') run.close()
      else tourhook.on(name, () => run.close())
    })
    tourhook.start('welcome')
    expect(heard.closed).toHaveLength(1)
    expect(heard.completed).toEqual([])
    expect(heard.step).toHaveLength(name === 'step' ? 1 : 0)
    expect(Object.keys(sessionStorage)).toEqual([])
  })
})

describe('a run that is closed while its last trigger sends', () => {
  it('is not completed as well', () => {
    const trigger = toCrm()
    const { tourhook, heard } = page.open(
      configOf({
        id: 'welcome',
        steps: [{ type: 'trigger', trigger }],
        triggers: [{ on: 'completed', trigger: sends('completed') }],
      }),
    )
    tourhook.on('started', ({ run }) => tourhook.on('queued', () => run.close()))
    tourhook.start('welcome')
    expect(heard.closed).toHaveLength(1)
    expect(heard.completed).toEqual([])
    expect(firedOf(heard.queued)).toEqual([undefined])
  })
})

describe('placeholders in a step', () => {
  it('are filled with tags, answers and the tour, and empty without a value', () => {
    const { tourhook } = page.open(configOf(welcome), { tags: { firstName: 'Ada', company: 'Lovelace' } })
    const run = tourhook.start('welcome')
    expect(run?.step).toMatchObject({ title: 'Hi Ada', content: 'You are  of Lovelace.' })
    run?.answer('role', 'Developer')
    expect(run?.step?.content).toBe('You are Developer of Lovelace.')
    run?.next()
    expect(run?.step).toMatchObject({ content: 'Begin in Welcome, !', element: '#new' })
  })

  it('see tags that are set late', () => {
    const { tourhook } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    expect(run?.step?.title).toBe('Hi ')
    tourhook.tags.set({ firstName: 'Ada' })
    expect(run?.step?.title).toBe('Hi Ada')
  })

  it('are not looked for in a value', () => {
    const { tourhook } = page.open(configOf(welcome), { tags: { firstName: '{tour.name} $& <b>' } })
    expect(tourhook.start('welcome')?.step?.title).toBe('Hi {tour.name} $& <b>')
  })
})

describe('a trigger', () => {
  it('fires once per run, however often the visitor goes back and forth', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    for (const _ of [1, 2, 3]) {
      run?.next()
      run?.previous()
    }
    run?.goTo('send')
    expect(heard.queued).toHaveLength(1)
    run?.close()
    tourhook.start('welcome')?.next()
    expect(heard.queued).toHaveLength(2)
  })

  it('fires at each visit when it says "repeat"', () => {
    const steps: Tour['steps'] = [
      { type: 'modal' },
      { type: 'trigger', trigger: toCrm({}, { repeat: true }) },
      { type: 'modal' },
    ]
    const { tourhook, heard } = page.open(configOf({ id: 'welcome', steps }))
    const run = tourhook.start('welcome')
    for (const _ of [1, 2, 3]) {
      run?.next()
      run?.previous()
    }
    expect(heard.queued).toHaveLength(3)
  })

  it('is one of its own, though it sends to the same webhook as another', () => {
    const steps: Tour['steps'] = [
      { type: 'trigger', trigger: sends('one') },
      { type: 'trigger', trigger: sends('two') },
      { type: 'modal' },
    ]
    const { tourhook, heard } = page.open(configOf({ id: 'welcome', steps }))
    tourhook.start('welcome')
    expect(firedOf(heard.queued)).toEqual(['one', 'two'])
    expect(heard.queued.map(({ message }) => 'name' in message && message.events[0])).toEqual([
      { name: 'trigger_event', id: 'welcome', step: '0' },
      { name: 'trigger_event', id: 'welcome', step: '1' },
    ])
  })

  it('to an unknown webhook is an error, and the tour goes on', () => {
    const steps: Tour['steps'] = [
      { type: 'modal' },
      { type: 'trigger', trigger: { type: 'webhook', webhook: 'crmm' } },
      { id: 'last', type: 'modal' },
    ]
    const { tourhook, heard } = page.open(configOf({ id: 'welcome', steps }))
    const run = tourhook.start('welcome')
    run?.next()
    expect(run?.step?.id).toBe('last')
    expect(heard.error.map(({ error }) => error.message)).toEqual(['no webhook has the id "crmm"'])
  })
})

describe('a tour’s triggers', () => {
  it('fire on started, step, completed', () => {
    const { tourhook, heard } = page.open(
      configOf(
        triggered([
          { on: 'started', trigger: sends('started') },
          { on: 'step', step: 'new', trigger: sends('by id') },
          { on: 'step', step: 3, trigger: sends('by index') },
          { on: 'completed', trigger: sends('completed') },
          { on: 'closed', trigger: sends('closed') },
        ]),
      ),
    )
    const run = tourhook.start('welcome')
    for (const _ of [1, 2, 3]) run?.next()
    expect(firedOf(heard.queued)).toEqual(['started', undefined, 'by id', 'by index', 'completed'])
  })

  it('fire on closed, with the step that was left', async () => {
    const { tourhook, heard } = page.open(
      configOf(
        triggered([
          { on: 'completed', trigger: sends('completed') },
          { on: 'closed', trigger: toCrm({ left: { tour: 'step' } }) },
        ]),
      ),
    )
    tourhook.start('welcome')?.close()
    await page.windUntil(() => heard.delivered.length > 0)
    expect(page.receiver.requests[0]?.json).toMatchObject({
      events: [{ name: 'trigger_event', id: 'welcome', step: 'hello' }],
      data: { left: 'hello' },
    })
  })

  it('name a step without an id by its index', () => {
    const closed = { on: 'closed', trigger: toCrm({ left: { tour: 'step' } }) } as const
    const { tourhook, heard } = page.open(configOf(triggered([closed], [{ type: 'modal' }, { type: 'modal' }])))
    const run = tourhook.start('welcome')
    run?.next()
    run?.close()
    expect(heard.queued).toMatchObject([{ message: { data: { left: '1' }, events: [{ step: '1' }] } }])
  })

  it('fire once per run, too, unless they repeat', () => {
    const { tourhook, heard } = page.open(
      configOf(
        triggered(
          [
            { on: 'step', step: 'a', trigger: sends('once') },
            { on: 'step', step: 'a', trigger: { ...sends('always'), repeat: true } },
          ],
          [
            { id: 'a', type: 'modal' },
            { id: 'b', type: 'modal' },
          ],
        ),
      ),
    )
    const run = tourhook.start('welcome')
    run?.next()
    run?.previous()
    run?.goTo('a')
    expect(firedOf(heard.queued)).toEqual(['once', 'always', 'always', 'always'])
  })

  it('see the answers, and the message the tour’s own values', () => {
    const data = {
      role: { answer: 'role' },
      tour: { tour: 'id' },
      name: { tour: 'name' },
      at: { tour: 'startedAt' },
      step: { tour: 'step' },
    } as const
    const { tourhook, heard } = page.open(
      configOf({
        id: 'welcome',
        steps: [{ id: 'a', type: 'modal' }],
        triggers: [{ on: 'completed', trigger: toCrm(data) }],
      }),
    )
    const run = tourhook.start('welcome')
    run?.answer('role', 'Developer')
    vi.setSystemTime(Date.now() + 5_000)
    run?.next()
    expect(heard.queued).toMatchObject([
      {
        message: {
          timestamp: '2026-11-23T09:00:05.000Z',
          data: {
            role: 'Developer',
            tour: 'welcome',
            name: 'welcome',
            at: '2026-11-23T09:00:00.000Z',
            step: 'a',
          },
        },
      },
    ])
  })
})

describe('a tour that another library draws', () => {
  const drawn: Tour = {
    id: 'drawn',
    triggers: [
      { on: 'started', trigger: sends('started') },
      { on: 'step', step: 1, trigger: sends('second') },
      { on: 'step', step: 'price', trigger: sends('price') },
      { on: 'completed', trigger: sends('completed') },
      { on: 'closed', trigger: sends('closed') },
    ],
  }

  it('waits for the steps that the library reaches, by their index or their id', () => {
    const { tourhook, heard } = page.open(configOf(drawn))
    const run = tourhook.start('drawn')
    expect(run?.status).toBe('running')
    run?.reach(0)
    run?.reach(1)
    run?.reach(0)
    run?.reach(1)
    run?.reach(2, 'price')
    run?.complete()
    expect(firedOf(heard.queued)).toEqual(['started', 'second', 'price', 'completed'])
    expect(heard.step).toEqual([])
    expect(heard.completed).toHaveLength(1)
  })

  it.each([
    ['its index', [3], '3'],
    ['the library’s own id', [3, 'billing'], 'billing'],
  ] satisfies [string, [number, string?], string][])(
    'is closed with the step that it was left at, by %s',
    (_, [index, id], step) => {
      const { tourhook, heard } = page.open(configOf(drawn))
      const run = tourhook.start('drawn')
      run?.reach(index, id)
      run?.close()
      expect(heard.queued.at(-1)).toMatchObject({
        message: { data: { fired: 'closed' }, events: [{ step }] },
      })
      expect(heard.closed).toHaveLength(1)
    },
  )

  it('ends with its page', () => {
    const config = configOf(drawn)
    const first = page.open(config)
    first.tourhook.start('drawn')
    first.tourhook.destroy()
    const { tourhook, heard } = page.open(config)
    expect(tourhook.start('drawn')?.status).toBe('running')
    expect(heard.started).toHaveLength(1)
  })
})

describe('answers', () => {
  it('are kept as JSON says them, at once', () => {
    const { tourhook, heard } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    const colors = ['red']
    run?.answer('colors', colors)
    colors.push('blue')
    run?.answer('score', 9)
    run?.answer('agreed', false)
    run?.answer('nothing', undefined)
    run?.answer('when', new Date())
    expect(run?.answers).toEqual({
      colors: ['red'],
      score: 9,
      agreed: false,
      when: '2026-11-23T09:00:00.000Z',
    })
    expect(heard.error).toEqual([])
  })

  it('are collected from a form', () => {
    document.body.innerHTML =
      '<form><input name="role" value="Developer"><input type="password" name="pin" value="1"></form>'
    const { tourhook } = page.open(configOf(welcome))
    const run = tourhook.start('welcome')
    run?.answer('score', 9)
    run?.collect(document.forms[0] as HTMLFormElement)
    expect(run?.answers).toEqual({ score: 9, role: 'Developer' })
  })
})

describe('a rating', () => {
  it('is a number, though it is drawn as radio buttons', () => {
    document.body.innerHTML = '<form><input type="radio" name="stars" value="4" checked></form>'
    const fields = [{ name: 'stars', type: 'rating' as const }]
    const { tourhook } = page.open(configOf({ id: 'survey', steps: [{ type: 'modal', fields }] }))
    const run = tourhook.start('survey')
    run?.collect(document.forms[0] as HTMLFormElement)
    expect(run?.answers).toEqual({ stars: 4 })
  })
})

describe('a number', () => {
  it('that is emptied again is no longer sent', () => {
    document.body.innerHTML = '<form><input type="number" name="seats" value="5"></form>'
    const [form] = document.forms
    const fields = [{ name: 'seats', type: 'number' as const }]
    const closed = { on: 'closed', trigger: toCrm({ seats: { answer: 'seats' } }) } as const
    const { tourhook, heard } = page.open(
      configOf({ id: 'survey', steps: [{ type: 'modal', fields }], triggers: [closed] }),
    )
    const run = tourhook.start('survey')
    run?.collect(form as HTMLFormElement)
    expect(run?.answers).toEqual({ seats: 5 })
    ;(form?.elements.namedItem('seats') as HTMLInputElement).value = ''
    run?.collect(form as HTMLFormElement)
    run?.close()
    expect(heard.queued).toMatchObject([{ message: { data: {} } }])
    expect(heard.queued[0]?.message).not.toHaveProperty('data.seats')
  })
})

describe('a tour without steps', () => {
  it('is not completed by next(), since another library draws it', () => {
    const { tourhook, heard } = page.open(configOf({ id: 'theirs' }))
    const run = tourhook.start('theirs')
    run?.next()
    expect(run?.status).toBe('running')
    expect(heard.completed).toEqual([])
  })
})

describe('a run over page loads', () => {
  const config = () =>
    configOf({ ...welcome, triggers: [{ on: 'step', step: 'hello', trigger: sends('hello') }] })

  it('goes on by itself where it was, with its answers, its start and what has fired', async () => {
    const first = page.open(config())
    const before = first.tourhook.start('welcome')
    before?.answer('role', 'Developer')
    before?.next()
    expect(first.heard.queued).toHaveLength(2)
    first.tourhook.destroy()

    vi.setSystemTime(Date.now() + 60_000)
    const { tourhook, heard } = page.open(config())
    await page.fetch.idle()
    expect(heard.started).toEqual([])
    expect(heard.step).toMatchObject([{ index: 2, step: { id: 'new' } }])
    const run = tourhook.start('welcome')
    expect(run).toBe(heard.step[0]?.run)
    expect(run?.answers).toEqual({ role: 'Developer' })

    run?.previous()
    run?.next()
    expect(heard.queued).toEqual([])
  })

  it('goes on when the page starts the tour itself', () => {
    const first = page.open(config())
    first.tourhook.start('welcome')?.next()
    first.tourhook.destroy()
    const { tourhook, heard } = page.open(config())
    expect(tourhook.start('welcome')?.step?.id).toBe('new')
    expect(heard.step).toHaveLength(1)
    expect(heard.started).toEqual([])
  })

  it('is over once it has ended', () => {
    const first = page.open(config())
    first.tourhook.start('welcome')?.close()
    first.tourhook.destroy()
    const { tourhook, heard } = page.open(config())
    expect(tourhook.start('welcome')?.index).toBe(0)
    expect(heard.started).toHaveLength(1)
  })

  it('begins anew when the tour has become shorter since', () => {
    const first = page.open(config())
    first.tourhook.start('welcome')?.goTo('bye')
    first.tourhook.destroy()
    const { tourhook } = page.open(configOf({ ...welcome, steps: welcome.steps?.slice(0, 2) }))
    expect(tourhook.start('welcome')).toMatchObject({ status: 'running', index: 0 })
  })

  it('goes on from a step that has become a trigger since', () => {
    const first = page.open(config())
    first.tourhook.start('welcome')?.goTo('new')
    first.tourhook.destroy()
    const steps: Tour['steps'] = [
      { type: 'modal' },
      { type: 'modal' },
      { type: 'trigger', trigger: sends('new') },
      { id: 'end', type: 'modal' },
    ]
    const { tourhook, heard } = page.open(configOf({ id: 'welcome', steps }))
    expect(tourhook.start('welcome')?.step?.id).toBe('end')
    expect(firedOf(heard.queued)).toEqual(['new'])
  })

  it('stops with destroy: it draws nothing any more', async () => {
    const first = page.open(config())
    first.tourhook.start('welcome')
    first.tourhook.destroy()
    const second = page.open(config())
    second.tourhook.destroy()
    await page.fetch.idle()
    expect(second.heard.step).toEqual([])
  })
})
