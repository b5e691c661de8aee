import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Config } from '../../../src/schema/config.ts'
import type { FullTourhook } from '../../../src/script/create-full.ts'
import { createDebug } from '../../../src/script/debug/create-debug.ts'
import type { Tone } from '../../../src/script/debug/panel.ts'
import { mistakes, textOfMistake } from '../../support/mistakes.ts'
import { createPage } from '../../support/page.ts'

const page = createPage()
const opened: FullTourhook[] = []
let shown: { tone: Tone; text: string }[] = []

beforeEach(() => {
  shown = []
  for (const level of ['info', 'error'] as const) vi.spyOn(console, level).mockReturnValue()
})
afterEach(() => {
  for (const tourhook of opened.splice(0)) tourhook.destroy()
})

/** Tourhook as its debug script makes it. */
function debug(config: unknown, { tags = {}, data = {} }: { tags?: object; data?: DOMStringMap } = {}) {
  const tourhook = createDebug({
    panel: { add: (tone, text) => void shown.push({ tone, text }) },
    config: config as Config,
    options: { tags: { ...tags } },
    data,
  })
  opened.push(tourhook)
  return tourhook
}

const textsOf = (...tones: Tone[]) => shown.filter(({ tone }) => tones.includes(tone)).map(({ text }) => text)

/** A tour that asks for a role and sends these values. */
function asking(data: object, webhook: object = {}): Config {
  const steps = [
    { id: 'ask', type: 'modal', title: 'Hi', fields: [{ name: 'role', type: 'text' }] },
    { id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm', data } },
    { id: 'done', type: 'modal' },
  ]
  const webhooks = [{ id: 'crm', url: page.receiver.url('/in'), ...webhook }]
  return { webhooks, tours: [{ id: 'welcome', steps, start: {} }] } as unknown as Config
}

// A file that is no JSON never gets here, and of a name that stands twice JSON keeps one.
const knowable = mistakes.filter(mistake => {
  try {
    JSON.parse(textOfMistake(mistake))
    return mistake.name !== 'a name twice'
  } catch {
    return false
  }
})
// On a page of this machine, endpoints may be there, too.
const told = knowable.filter(({ words }) => !words.startsWith('--allow-network'))

describe('the debug script', () => {
  it.each(told)('says of $name what is wrong', mistake => {
    try {
      debug(JSON.parse(textOfMistake(mistake)))
    } catch (error) {
      // What is no config at all is thrown as well, and the script reports it.
      expect(error).toBeInstanceOf(TypeError)
      expect(String(error)).toContain('expected a config object')
    }
    const found = textsOf('problem', 'warning').filter(text => text.includes(mistake.words))
    expect(found).toEqual([expect.stringContaining(mistake.path)])
  })

  it('knows of more than thirty of the typical mistakes', () => {
    expect(told.length).toBeGreaterThan(30)
  })

  it.each([{ data: {} }, { data: { dryRun: '' } }])(
    'says of each value that is left out why, $data',
    ({ data }) => {
      const config = asking({
        role: { answer: 'roel' },
        email: { tag: 'emial' },
        sum: { element: '#sum' },
        from: { page: 'path' },
        end: { tour: 'outcome' },
      })
      const run = debug(config, { tags: { email: 'ada@example.com' }, data }).start('welcome')
      run?.answer('role', 'Developer')
      run?.next()
      expect(textsOf('warning')).toContain(
        'left out: role (no answer "roel"; did you mean "role"?), email (no tag "emial"; did you mean "email"?), ' +
          'sum (nothing on the page matches "#sum"), end (the tour still goes on), in the message to webhook "crm"',
      )
    },
  )

  it('says that a question was not answered, which is no mistake', () => {
    debug(asking({ role: { answer: 'role' } }))
      .start('welcome')
      ?.next()
    expect(textsOf('warning', 'problem')).toEqual([])
    expect(textsOf('event')).toContain(
      'left out: role ("role" is not answered), in the message to webhook "crm"',
    )
  })

  it('says which placeholders of a template, and of a step’s texts, stand for nothing', () => {
    const config = asking({}, { body: { text: '{firstname} is {answer.role} at {page.path}' } })
    Object.assign(config.tours?.[0]?.steps?.[0] ?? {}, { title: 'Hi {firstname}' })
    const run = debug(config, { tags: { firstName: 'Ada' } }).start('welcome')
    run?.answer('role', 'Developer')
    run?.next()
    const reason = '{firstname} (no tag or answer "firstname"; did you mean "firstName"?)'
    expect(textsOf('warning')).toEqual([
      `left out: ${reason}, in the texts of step 1 of tour "welcome"`,
      `left out: ${reason}, in the message to webhook "crm"`,
    ])
  })

  it('says that the page has no tags', () => {
    debug(asking({ email: { tag: 'email' } }))
      .start('welcome')
      ?.next()
    expect(textsOf('warning')).toEqual([
      'left out: email (no tag "email"; the page has no tags), in the message to webhook "crm"',
    ])
  })

  it('warns when nothing starts the only tour, and not when the script tag does', () => {
    const config = { tours: [{ id: 'welcome', steps: [{ type: 'modal' }] }] }
    debug(config)
    expect(textsOf('warning')).toEqual([expect.stringContaining('data-start="welcome"')])
    shown = []
    debug(config, { data: { start: 'welcome' } })
    expect(textsOf('warning', 'event')).toEqual([])
  })

  it.each([
    [{ config: '/tours.json', server: 'https://tours.example' }, '/tours.json'],
    [{ server: 'https://tours.example' }, 'the script element #tourhook-config'],
    [{ server: 'https://tours.example' }, 'https://tours.example/v1/config.json'],
  ])('says on the console where the config of %j comes from: %s', (data, source) => {
    // What visitors have written may have the id, too, but is no script.
    const json = '<script type="application/json" id="tourhook-config">{}</script>'
    document.body.innerHTML = `<i id="tourhook-config">{}</i>${source.includes('script') ? json : ''}`
    debug({}, { data })
    expect(textsOf('event')).toContain(`the config comes from ${source}`)
    expect(console.info).toHaveBeenCalledWith(`[tourhook] the config comes from ${source}`)
  })

  it('says nothing of what is right', () => {
    const run = debug(asking({ role: { answer: 'role' } })).start('welcome')
    run?.answer('role', 'Developer')
    run?.next()
    expect(textsOf('warning', 'problem')).toEqual([])
    expect(shown.filter(({ text }) => text.includes('left out'))).toEqual([])
  })
})
