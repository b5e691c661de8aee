import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ScriptGlobal } from '../../src/script/command-queue.ts'
import { runScript } from '../../src/script/run-script.ts'
import { createTourhook, type Tourhook } from '../../src/tourhook.ts'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()
const opened: Tourhook[] = []
/** The errors' messages, each with its cause. */
const errors: string[] = []
const onError = ({ detail }: Event & { detail?: { error: Error } }) => {
  const { message = '', cause } = detail?.error ?? {}
  errors.push([message, ...(cause ? [Object(cause).message] : [])].join(': '))
}

beforeEach(() => {
  errors.length = 0
  document.addEventListener('tourhook:error', onError)
})

afterEach(() => {
  document.removeEventListener('tourhook:error', onError)
  for (const tourhook of opened.splice(0)) tourhook.destroy()
  delete window.tourhook
})

/** Runs a script tag with these `data-` attributes. */
async function run(data: Record<string, string> = {}) {
  const script = document.createElement('script')
  Object.assign(script.dataset, data)
  const create = vi.fn((...[config, options]: Parameters<typeof createTourhook>) => {
    const tourhook = createTourhook(config, options)
    opened.push(tourhook)
    return tourhook
  })
  await runScript(create, script)
  return create
}

function inline(config: unknown): void {
  const element = document.createElement('script')
  element.type = 'application/json'
  element.id = 'tourhook-config'
  element.textContent = typeof config === 'string' ? config : JSON.stringify(config)
  document.body.append(element)
}

const welcome = { id: 'welcome', steps: [{ id: 'hello', type: 'modal' as const }] }
const push = (command: (tourhook: Tourhook) => void) => (window.tourhook as ScriptGlobal).push(command)

describe('the script tag', () => {
  it('takes the config from the page, starts the tour and puts Tourhook into window.tourhook', async () => {
    inline({ tours: [welcome] })
    await run({ start: 'welcome' })
    const tourhook = window.tourhook as Tourhook
    expect(tourhook.start('welcome')?.step?.id).toBe('hello')
    expect(errors).toEqual([])
  })

  it('fetches the config from its address, which goes before the page’s', async () => {
    inline({ tours: [] })
    const config = { tours: [welcome] }
    page.receiver.script({ path: '/tours.json', answer: { status: 200, body: JSON.stringify(config) } })
    const create = await run({ config: page.receiver.url('/tours.json') })
    expect(create.mock.calls[0]?.[0]).toEqual(config)
  })

  it('fetches the config from the companion when the page has none, and passes its options on', async () => {
    page.receiver.script({ path: '/v1/config.json', answer: { status: 200, body: '{"tours":[]}' } })
    const server = page.receiver.url('')
    const create = await run({ server, siteKey: 'pk_1', userHash: 'abc' })
    expect(create.mock.calls[0]?.[0]).toEqual({ tours: [] })
    expect(create.mock.calls[0]?.[1]).toMatchObject({ server, siteKey: 'pk_1', userHash: 'abc', consent: true })
  })

  it('reads the tags from a global of the page, also when that is set late', async () => {
    inline(crmAt(page.receiver.url()))
    await run({ tags: 'usetifulTags' })
    const tourhook = window.tourhook as Tourhook
    expect(tourhook.tags.get()).toEqual({})
    vi.stubGlobal('usetifulTags', { userId: 'user_1', plan: 'Premium' })
    expect(tourhook.tags.get()).toEqual({ userId: 'user_1', plan: 'Premium' })
  })

  it('waits for consent when data-consent is false', async () => {
    inline(crmAt(page.receiver.url()))
    await run({ consent: 'false' })
    const tourhook = window.tourhook as Tourhook
    tourhook.trigger(toCrm())
    expect(tourhook.pending()).toEqual([])
    tourhook.consent(true)
    tourhook.trigger(toCrm())
    expect(tourhook.pending()).toHaveLength(1)
  })

  it('works without a script element, as a module', async () => {
    inline({ tours: [welcome] })
    await runScript(createTourhook, null)
    expect(window.tourhook).toHaveProperty('start')
    opened.push(window.tourhook as Tourhook)
  })
})

describe('the commands', () => {
  it('work before it has loaded and after, in order', async () => {
    const heard: string[] = []
    window.tourhook = []
    push(({ start }) => heard.push(`before ${start('welcome')?.status}`))
    push(() => heard.push('second'))
    inline({ tours: [welcome] })
    const loading = run()
    push(() => heard.push('while it loads'))
    await loading
    push(({ tags }) => heard.push(`after ${Object.keys(tags.get()).length}`))
    expect(heard).toEqual(['before running', 'second', 'while it loads', 'after 0'])
  })

  it('that throw stop no other', async () => {
    const heard: string[] = []
    const fail = () => {
      throw new Error('command')
    }
    window.tourhook = [fail, () => heard.push('next')]
    inline({})
    await run()
    push(fail)
    push('no command' as never)
    push(() => heard.push('later'))
    expect(heard).toEqual(['next', 'later'])
    expect(errors.slice(0, 2)).toEqual(['command', 'command'])
    expect(errors).toHaveLength(3)
  })

  it('hear of the tour that data-start starts', async () => {
    const started = vi.fn()
    window.tourhook = [tourhook => tourhook.on('started', started)]
    inline({ tours: [welcome] })
    await run({ start: 'welcome' })
    expect(started).toHaveBeenCalledOnce()
  })
})

describe('the script, loaded twice', () => {
  it('works once', async () => {
    inline({ tours: [welcome] })
    const creates = [await run(), await run()]
    expect(creates.map(create => create.mock.calls.length)).toEqual([1, 0])
  })

  it('works once also while the first is still fetching its config', async () => {
    page.receiver.script({ answer: { status: 200, body: '{}' } })
    const config = page.receiver.url('/tours.json')
    const creates = await Promise.all([run({ config }), run({ config })])
    expect(creates.map(create => create.mock.calls.length)).toEqual([1, 0])
  })
})

describe('a config that is broken', () => {
  it.each([
    [
      'is not there',
      { theme: 'dark' },
      'expected data-config, data-server or #tourhook-config, a <script type="application/json">',
    ],
    ['names a tour that is not there', { start: 'none' }, 'no tour has the id "none"'],
  ])('leaves the page whole when it %s', async (what, data, message) => {
    if (what !== 'is not there') inline({ tours: [] })
    await run(data)
    expect(errors).toEqual([message])
    expect(console.warn).toHaveBeenCalled()
  })

  it.each(['{ "tours": [', 'null', '5', ''])('leaves the page whole when the inline JSON is %j', async text => {
    inline(text)
    await expect(run()).resolves.toBeDefined()
    expect(errors).toHaveLength(1)
  })

  it.each([
    ['answers 404', { status: 404, body: '{}' }, /^no config at .*\/tours\.json: the status is 404$/],
    ['answers 500', { status: 500 }, /tours\.json: the status is 500$/],
    ['is no JSON', { status: 200, body: '<!doctype html>' }, /tours\.json: .*JSON/],
    ['breaks off', 'drop' as const, /tours\.json: ./],
  ])('leaves the page whole when its address %s', async (_, answer, message) => {
    page.receiver.script({ answer })
    await run({ config: page.receiver.url('/tours.json') })
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(message)
    expect(() => push(() => undefined)).not.toThrow()
  })
})

describe('an attribute that is no option', () => {
  it('is not passed on: data-fetch or data-renderer would be called', async () => {
    inline(crmAt(page.receiver.url()))
    const create = await run({ fetch: 'alert', renderer: 'alert', start: 'none' })
    expect(Object.keys(create.mock.calls[0]?.[1] ?? {}).sort()).toEqual([
      'consent',
      'namespace',
      'server',
      'siteKey',
      'tags',
      'userHash',
    ])
  })
})

describe('what sanitised HTML may hold', () => {
  it('is no config: an element of its id that is no script', async () => {
    document.body.innerHTML = `Nice post! <i id="tourhook-config">{ "tours": [{ "id": "evil" }] }</i>`
    page.receiver.script({ path: '/v1/config.json', answer: { status: 200, body: '{"tours":[]}' } })
    const create = await run({ server: page.receiver.url('') })
    expect(create.mock.calls[0]?.[0]).toEqual({ tours: [] })
  })

  it('does not come before the script that is the config', async () => {
    document.body.innerHTML = '<i id="tourhook-config">{ "tours": [{ "id": "evil" }] }</i>'
    inline({ tours: [welcome] })
    const create = await run()
    expect(create.mock.calls[0]?.[0]).toEqual({ tours: [welcome] })
  })

  it('is no script tag: an image that is called currentScript', async () => {
    const image = document.createElement('img')
    image.dataset.config = page.receiver.url('/evil.json')
    inline({ tours: [welcome] })
    await runScript((config, options) => {
      expect(config).toEqual({ tours: [welcome] })
      const tourhook = createTourhook(config, options)
      opened.push(tourhook)
      return tourhook
    }, image)
    expect(page.receiver.requests).toEqual([])
    expect(opened).toHaveLength(1)
  })

  it('is no queue: an element that is called tourhook, which is said', async () => {
    window.tourhook = document.createElement('form') as unknown as ScriptGlobal
    inline({ tours: [welcome] })
    await run({ start: 'welcome' })
    expect((window.tourhook as Tourhook).runs()).toHaveLength(1)
    expect(errors).toEqual([
      `window.tourhook is an element of the page's own: rename it, so that calls reach Tourhook`,
    ])
  })
})

describe('consent in the attribute', () => {
  it.each(['False', 'FALSE', '0', 'no', '', 'TRUE', ' true'])(
    'is a no that is said, if it is %j',
    async consent => {
      inline(crmAt(page.receiver.url()))
      await run({ consent })
      const tourhook = window.tourhook as Tourhook
      tourhook.trigger(toCrm())
      expect(tourhook.pending()).toEqual([])
      expect(errors).toEqual([
        `consent: expected true or false, got string "${consent}"; nothing is stored or sent`,
      ])
    },
  )

  it.each([
    ['true', 1],
    ['false', 0],
  ] as const)('may be "%s"', async (consent, waiting) => {
    inline(crmAt(page.receiver.url()))
    await run({ consent })
    const tourhook = window.tourhook as Tourhook
    tourhook.trigger(toCrm())
    expect(tourhook.pending()).toHaveLength(waiting)
    expect(errors).toEqual([])
  })
})

describe('the tags', () => {
  it.each([
    ['a path', 'app.user', () => vi.stubGlobal('app', { user: { userId: 'ada' } })],
    ['a function', 'tagsNow', () => vi.stubGlobal('tagsNow', () => ({ userId: 'ada' }))],
    ['a Map', 'tagMap', () => vi.stubGlobal('tagMap', new Map([['userId', 'ada']]))],
  ])('may be %s', async (_, tags, prepare) => {
    prepare()
    inline({})
    await run({ tags })
    expect((window.tourhook as Tourhook).tags.get()).toEqual({ userId: 'ada' })
    expect(errors).toEqual([])
  })

  it.each([
    ['a text', '{"userId":"ada"}', 'String'],
    ['a list', ['ada'], 'Array'],
    ['a promise', Promise.resolve({}), 'Promise'],
  ])('that are %s are reported, once', async (_, given, kind) => {
    vi.stubGlobal('wrongTags', given)
    inline({})
    await run({ tags: 'wrongTags' })
    const { tags } = window.tourhook as Tourhook
    expect([tags.get(), tags.get()]).toEqual([{}, {}])
    expect(errors).toEqual([`the tags: expected an object, got ${kind}`])
  })

  it('that never come are reported, and the tour starts without them', async () => {
    inline({ tours: [welcome] })
    await run({ tags: 'noSuchTags', start: 'welcome' })
    await page.wind(2_100)
    expect(errors).toEqual([
      'data-tags: there is no window.noSuchTags; write window.noSuchTags = …, since a const or let is no part of window',
    ])
    expect((window.tourhook as Tourhook).runs()).toHaveLength(1)
  })

  it('that come late are waited for by the tour that data-start names', async () => {
    inline({ tours: [welcome] })
    await run({ tags: 'lateTags', start: 'welcome' })
    expect((window.tourhook as Tourhook).runs()).toEqual([])
    vi.stubGlobal('lateTags', { userId: 'ada' })
    await page.wind(100)
    expect((window.tourhook as Tourhook).runs()).toHaveLength(1)
    expect(errors).toEqual([])
  })

  it('stand in the page as JSON, where no inline script may', async () => {
    const tags = document.createElement('script')
    tags.type = 'application/json'
    tags.id = 'tourhook-tags'
    tags.textContent = '{ "userId": "ada", "plan": "pro" }'
    document.body.append(tags)
    inline({})
    await run()
    const tourhook = window.tourhook as Tourhook
    expect(tourhook.tags.get()).toEqual({ userId: 'ada', plan: 'pro' })
    tags.textContent = '{ "userId": '
    expect(tourhook.tags.get()).toEqual({})
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(/JSON/)
  })
})

describe('a second script with a config of its own', () => {
  it('gets a Tourhook of its own; the commands are the first one’s', async () => {
    page.receiver.script({
      path: '/b.json',
      answer: { status: 200, body: JSON.stringify({ tours: [{ ...welcome, id: 'b' }] }) },
    })
    inline({ tours: [welcome] })
    await run({ start: 'welcome' })
    await run({ config: page.receiver.url('/b.json'), start: 'b' })
    await run({ config: page.receiver.url('/b.json'), start: 'b' })
    expect(opened.map(tourhook => tourhook.runs().map(({ tour }) => tour.id))).toEqual([['welcome'], ['b']])
    expect((window.tourhook as Tourhook).config).toEqual({ tours: [welcome] })
    expect(errors).toEqual([])
  })
})

describe('a script that can not see its attributes', () => {
  const missing = 'expected data-config, data-server or #tourhook-config, a <script type="application/json">'

  it.each([
    ['is a module', '<script type="module" data-config="/tourhook.json"></script>'],
    ['has lost them to a tag manager', ''],
    ['has a config that is no JSON script', '<div id="tourhook-config">{}</div>'],
  ])('is told so, and what is expected, when it %s', async (_, html) => {
    document.body.innerHTML = html
    await runScript(createTourhook, null)
    expect(errors).toEqual([
      `${missing}; the script sees no data attributes, which a tag manager or type="module" takes away: put the config into the page`,
    ])
  })
})

describe('a config of the wrong shape', () => {
  it('is reported: a list', async () => {
    inline('[{ "id": "welcome" }]')
    await run({ start: 'welcome' })
    expect(errors).toEqual(['expected a config object, got a list'])
  })
})
