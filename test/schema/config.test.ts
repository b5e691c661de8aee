import { describe, expect, it } from 'vitest'
import { ConfigError, parseConfig } from '../../src/schema/index.ts'
import { fullConfig } from '../support/config.ts'

/** The problems of a config, as `path: message`. */
function problemsOf(config: unknown): string[] {
  try {
    parseConfig(config)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems.map(({ path, message }) => (path ? `${path}: ${message}` : message))
  }
}

const url = 'https://hooks.example.com/lead'
const trigger = { type: 'webhook', webhook: 'crm' }
const withWebhook = (webhook: object) => ({ webhooks: [{ id: 'crm', url, ...webhook }] })
const withTour = (tour: object) => ({ webhooks: [{ id: 'crm', url }], tours: [{ id: 'welcome', ...tour }] })
const withStep = (step: object) => withTour({ steps: [step] })
const withField = (field: object) => withStep({ type: 'modal', fields: [field] })
const withSource = (source: unknown) => withWebhook({ data: { plan: source } })

describe('a config that is right', () => {
  it('comes back as it is, with every part of the format', () => {
    expect(parseConfig(fullConfig)).toEqual(fullConfig)
  })

  it('may be empty', () => {
    expect(parseConfig({})).toEqual({})
  })

  it.each([
    'http://localhost/hook',
    'http://app.localhost:8080/',
    'http://127.0.0.1:3000',
    'http://[::1]/x',
    'HTTPS://HOOKS.EXAMPLE.COM/',
    'https://10.0.0.1/?key=1',
  ])('may have the URL %s', address => {
    expect(problemsOf(withWebhook({ url: address }))).toEqual([])
  })

  it('may have no URL with the relay', () => {
    expect(problemsOf({ webhooks: [{ id: 'crm', transport: 'relay', headers: { a: 'b' } }] })).toEqual([])
  })

  it('may refer to the steps of a tour that another library draws', () => {
    expect(
      problemsOf(
        withTour({
          triggers: [
            { on: 'step', step: 'anything', trigger },
            { on: 'step', step: 99, trigger },
          ],
        }),
      ),
    ).toEqual([])
  })
})

describe('an id', () => {
  it('that no webhook has is an error, with the one that was meant', () => {
    const step = { type: 'trigger', trigger: { type: 'webhook', webhook: 'crmm' } }
    expect(problemsOf(withTour({ steps: [{ type: 'modal' }, { type: 'modal' }, step] }))).toEqual([
      'tours[0].steps[2].trigger.webhook: no webhook has the id "crmm"; did you mean "crm"?',
    ])
    expect(
      problemsOf(withTour({ triggers: [{ on: 'closed', trigger: { ...trigger, webhook: 'slack' } }] })),
    ).toEqual(['tours[0].triggers[0].trigger.webhook: no webhook has the id "slack"'])
  })

  it('that no step has is an error', () => {
    const steps = [{ id: 'hello', type: 'modal' }]
    expect(problemsOf(withTour({ steps, triggers: [{ on: 'step', step: 'helo', trigger }] }))).toEqual([
      'tours[0].triggers[0].step: no step has the id "helo"; did you mean "hello"?',
    ])
    expect(problemsOf(withTour({ steps, triggers: [{ on: 'step', step: 1, trigger }] }))).toEqual([
      'tours[0].triggers[0].step: the tour has 1 steps, counted from 0; got 1',
    ])
  })

  it('that no tour has is an error in a checklist', () => {
    const checklists = [{ id: 'start', items: [{ id: 'a', tour: 'welcom' }] }]
    expect(problemsOf({ ...withTour({}), checklists })).toEqual([
      'checklists[0].items[0].tour: no tour has the id "welcom"; did you mean "welcome"?',
    ])
  })

  it('that is given twice is an error wherever ids are', () => {
    const twice = [{ id: 'a' }, { id: 'a' }]
    const item = { id: 'a', items: [...twice] }
    expect(
      problemsOf({
        webhooks: twice.map(webhook => ({ ...webhook, url })),
        tours: [
          { id: 'a', steps: twice.map(step => ({ ...step, type: 'modal' })) },
          {
            id: 'a',
            steps: [
              {
                type: 'modal',
                fields: [
                  { name: 'a', type: 'text' },
                  { name: 'a', type: 'nps' },
                ],
              },
            ],
          },
        ],
        checklists: [item, { ...item, items: [{ id: 'a' }] }],
        banners: twice,
        segments: twice,
      }),
    ).toEqual([
      'webhooks[1].id: "a" is given twice',
      'tours[1].id: "a" is given twice',
      'checklists[1].id: "a" is given twice',
      'banners[1].id: "a" is given twice',
      'segments[1].id: "a" is given twice',
      'tours[0].steps[1].id: "a" is given twice',
      'tours[1].steps[0].fields[1].name: "a" is given twice',
      'checklists[0].items[1].id: "a" is given twice',
    ])
  })

  it('must be there, a text, and not empty', () => {
    expect(problemsOf({ webhooks: [{ url }, { id: '', url }, { id: 5, url }] })).toEqual([
      'webhooks[0].id: is missing; expected a text',
      'webhooks[1].id: must not be empty',
      'webhooks[2].id: expected a text, got 5; write "5"',
    ])
    expect(problemsOf(withTour({ id: 'x'.repeat(201) }))).toEqual([
      'tours[0].id: expected at most 200 characters',
    ])
  })
})

describe('a URL', () => {
  const absolute = 'webhooks[0].url: expected an absolute URL that begins with https://'
  it.each([
    ['/lead', absolute],
    ['hooks.example.com/lead', absolute],
    ['javascript:alert(1)', absolute],
    ['data:text/html,x', absolute],
    ['ftp://example.com', absolute],
    [' https://example.com', `${absolute}; a space stands before or after it`],
    ['https://', absolute],
    ['', absolute],
    ['http://hooks.example.com', 'webhooks[0].url: expected https; http is for localhost only'],
    ['http://localhost.example.com', 'webhooks[0].url: expected https; http is for localhost only'],
    ['http://127.0.0.1.example.com', 'webhooks[0].url: expected https; http is for localhost only'],
    ['https://u:p@example.com', 'webhooks[0].url: put the user name and the password into "auth"'],
  ])('can’t be %j', (address, problem) => {
    expect(problemsOf(withWebhook({ url: address }))).toEqual([problem])
  })

  it('must be there, unless the companion knows it', () => {
    expect(problemsOf({ webhooks: [{ id: 'crm' }] })).toEqual([
      'webhooks[0].url: is missing; only a webhook with "transport": "relay" does without',
    ])
  })
})

describe('a misspelt key', () => {
  it('is an error, with the one that was meant', () => {
    expect(problemsOf({ webhook: [] })).toEqual(['unknown key "webhook"; did you mean "webhooks"?'])
    expect(problemsOf(withWebhook({ metod: 'POST' }))).toEqual([
      'webhooks[0]: unknown key "metod"; did you mean "method"?',
    ])
    expect(problemsOf(withStep({ type: 'modal', titel: 'Hi', contents: 'x', zzz: 1 }))).toEqual([
      'tours[0].steps[0]: unknown key "titel"; did you mean "title"?; unknown key "contents"; did you mean "content"?; unknown key "zzz"',
    ])
    expect(problemsOf(withField({ name: 'a', type: 'text', lable: 'A' }))).toEqual([
      'tours[0].steps[0].fields[0]: unknown key "lable"; did you mean "label"?',
    ])
  })

  it('is an error in a source', () => {
    expect(problemsOf(withSource({ tag: 'plan', atribute: 'x' }))).toEqual([
      'webhooks[0].data.plan: unknown key "atribute"',
    ])
    expect(problemsOf(withSource({ element: '#a', atribute: 'x' }))).toEqual([
      'webhooks[0].data.plan: unknown key "atribute"; did you mean "attribute"?',
    ])
  })
})

describe('a step', () => {
  it('of an unknown type is an error', () => {
    expect(problemsOf(withStep({ type: 'modul' }))).toEqual([
      'tours[0].steps[0].type: expected one of "modal", "pointer", "slideout", "trigger", got "modul"; did you mean "modal"?',
    ])
    expect(problemsOf(withStep({ title: 'Hi' }))).toEqual([
      'tours[0].steps[0].type: is missing; expected one of "modal", "pointer", "slideout", "trigger"',
    ])
  })

  it('that points needs an element', () => {
    expect(problemsOf(withStep({ type: 'pointer' }))).toEqual([
      'tours[0].steps[0].element: is missing; expected a text',
    ])
    expect(problemsOf(withStep({ type: 'pointer', element: '' }))).toEqual([
      'tours[0].steps[0].element: must not be empty',
    ])
  })

  it('that triggers needs a trigger', () => {
    expect(problemsOf(withStep({ type: 'trigger' }))).toEqual([
      'tours[0].steps[0].trigger: is missing; expected an object',
    ])
    expect(problemsOf(withStep({ type: 'trigger', trigger: { type: 'email', webhook: 'crm' } }))).toEqual([
      'tours[0].steps[0].trigger.type: expected "webhook", got "email"',
    ])
  })

  it('has fields of the known types, with their options', () => {
    expect(problemsOf(withField({ name: 'a', type: 'tel' }))).toEqual([
      'tours[0].steps[0].fields[0].type: expected one of "text", "textarea", "email", "number", "select", "radio", "checkbox", "rating", "nps", got "tel"',
    ])
    expect(problemsOf(withField({ name: 'a', type: 'select' }))).toEqual([
      'tours[0].steps[0].fields[0].options: is missing; expected an array',
    ])
    expect(problemsOf(withField({ name: 'a', type: 'radio', options: [] }))).toEqual([
      'tours[0].steps[0].fields[0].options: expected at least 1 of them',
    ])
    expect(problemsOf(withField({ name: 'a', type: 'text', required: 'yes' }))).toEqual([
      'tours[0].steps[0].fields[0].required: expected true or false, got "yes"',
    ])
  })
})

describe('a tour’s trigger', () => {
  it('fires on one of four occasions', () => {
    expect(problemsOf(withTour({ triggers: [{ on: 'close', trigger }] }))).toEqual([
      'tours[0].triggers[0].on: expected one of "started", "completed", "closed", "step", got "close"; did you mean "closed"?',
    ])
  })

  it('names its step by id or index', () => {
    expect(
      problemsOf(
        withTour({
          triggers: [
            { on: 'step', step: -1, trigger },
            { on: 'step', trigger },
          ],
        }),
      ),
    ).toEqual([
      'tours[0].triggers[0].step: expected at least 0, got -1',
      "tours[0].triggers[1].step: expected a step's id, or its index from 0",
    ])
  })
})

describe('headers', () => {
  it.each([
    'Host',
    'Content-Length',
    'cookie',
    'Origin',
    'Referer',
    'Connection',
    'Transfer-Encoding',
    'Sec-Fetch-Mode',
    'Proxy-Authorization',
    'webhook-id',
    'Webhook-Signature',
  ])('can’t have %s, which a page may not set', header => {
    expect(problemsOf(withWebhook({ headers: { [header]: 'x' } }))).toEqual([
      `webhooks[0].headers.${header}: is a header that a page may not set`,
    ])
  })

  it('have a valid name, and a value on one line', () => {
    expect(problemsOf(withWebhook({ headers: { 'X Team': 'a' } }))).toEqual([
      'webhooks[0].headers.X Team: is no valid header name',
    ])
    expect(problemsOf(withWebhook({ headers: { 'X-Team': 'a\r\nX-Evil: 1' } }))).toEqual([
      'webhooks[0].headers.X-Team: expected a header value on one line',
    ])
    expect(problemsOf(withWebhook({ headers: { 'X-Team': 'gröwth' } }))).toEqual([])
  })

  it('and auth do not go with a simple request', () => {
    const problem =
      'webhooks[0].transport: a simple request carries neither "headers" nor "auth"; use "cors" or "relay"'
    expect(problemsOf(withWebhook({ transport: 'simple', headers: { a: 'b' } }))).toEqual([problem])
    expect(problemsOf(withWebhook({ transport: 'simple', auth: { username: 'u', password: 'p' } }))).toEqual([
      problem,
    ])
  })

  it('and auth do not both bring an Authorization', () => {
    const auth = { username: 'u', password: 'p' }
    expect(problemsOf(withWebhook({ auth, headers: { authorization: 'Bearer x' } }))).toEqual([
      'webhooks[0].auth: both "auth" and an Authorization header are given; keep one',
    ])
  })
})

describe('a parameter or a tag’s condition', () => {
  it('is a text, a number, true or false', () => {
    const expected = 'expected a text, a number, true or false'
    expect(problemsOf(withWebhook({ query: { a: [] } }))).toEqual([`webhooks[0].query.a: ${expected}`])
    expect(problemsOf({ segments: [{ id: 'a', tags: { plan: { is: null } } }] })).toEqual([
      `segments[0].tags.plan.is: ${expected}`,
    ])
  })
})

describe('a source', () => {
  it('is one of six', () => {
    const expected =
      'webhooks[0].data.plan: expected { "tag" }, { "answer" }, { "element" }, { "page" }, { "tour" } or { "value" }'
    expect(problemsOf(withSource('pro'))).toEqual([`${expected}; a constant is { "value": … }`])
    expect(problemsOf(withSource({ cookie: 'a' }))).toEqual([expected])
  })

  it('has a known page or tour value', () => {
    expect(problemsOf(withSource({ page: 'uri' }))).toEqual([
      'webhooks[0].data.plan.page: expected one of "url", "path", "title", "referrer", "language", "fullUrl", "fullReferrer", got "uri"; did you mean "url"?',
    ])
    expect(problemsOf(withSource({ value: {} }))).toEqual([
      'webhooks[0].data.plan.value: expected a text, a number, true, false or null',
    ])
  })
})

describe('the server’s keys', () => {
  it('are checked, too', () => {
    expect(
      problemsOf(
        withWebhook({ events: ['tour_complete'], secret: 'hunter2', concurrency: 0, ratePerSecond: -1 }),
      ),
    ).toEqual([
      expect.stringMatching(
        /^webhooks\[0\]\.events\[0\]: expected one of "tour_completed", .*, got "tour_complete"; did you mean "tour_completed"\?$/,
      ),
      'webhooks[0].secret: expected whsec_ and 24 to 64 bytes in base64; `npx tourhook secret` makes one',
      'webhooks[0].concurrency: expected more than 0, got 0',
      'webhooks[0].ratePerSecond: expected more than 0, got -1',
    ])
  })
})

describe('several problems', () => {
  it('are told at once, also where the structure is broken elsewhere', () => {
    expect(
      problemsOf({
        webhooks: [
          { id: 'crm', url: 'http://example.com', method: 'PUT', transport: 'simple', headers: { a: 'b' } },
          5,
        ],
        tours: [
          {
            id: 'welcome',
            steps: [{ type: 'trigger', trigger: { type: 'webhook', webhook: 'cm' } }, { type: 'pointer' }],
          },
          'broken',
          { id: 'welcome' },
        ],
      }),
    ).toEqual([
      'webhooks[0].url: expected https; http is for localhost only',
      'webhooks[0].method: expected one of "POST", "GET", got "PUT"',
      'webhooks[0].transport: a simple request carries neither "headers" nor "auth"; use "cors" or "relay"',
      'webhooks[1]: expected an object, got 5; write { "id": "crm", "url": "https://…" }',
      'tours[0].steps[1].element: is missing; expected a text',
      'tours[1]: expected an object, got "broken"; write { "id": "welcome", "steps": [ … ] }',
      'tours[2].id: "welcome" is given twice',
      'tours[0].steps[0].trigger.webhook: no webhook has the id "cm"; did you mean "crm"?',
    ])
  })

  it('stand in one message', () => {
    expect(() => parseConfig({ webhooks: [{ id: 'a' }], tours: 5 })).toThrow(
      'The config has 2 problems:\nwebhooks[0].url: is missing; only a webhook with "transport": "relay" does without\ntours: expected an array, got 5',
    )
    expect(() => parseConfig({ tours: 5 })).toThrow(
      'The config has a problem:\ntours: expected an array, got 5',
    )
  })

  it.each([
    [undefined, 'is missing; expected an object'],
    [null, 'expected an object, got null; write { "webhooks": [ … ], "tours": [ … ] }'],
    ['config', 'expected an object, got "config"; write { "webhooks": [ … ], "tours": [ … ] }'],
    [[], 'expected an object, got an array; write { "webhooks": [ … ], "tours": [ … ] }'],
  ])('are one when the config is %j', (config, problem) => {
    expect(problemsOf(config)).toEqual([problem])
  })
})

describe('the key __proto__', () => {
  it('is told wherever it would be dropped in silence', () => {
    const data = JSON.parse('{ "__proto__": { "tag": "a" } }') as object
    const body = JSON.parse('{ "deep": [{ "__proto__": 1 }] }') as object
    expect(problemsOf(withWebhook({ data, body }))).toEqual([
      'webhooks[0].data: can\'t have the key "__proto__"',
      'webhooks[0].body.deep[0]: can\'t have the key "__proto__"',
    ])
  })
})

describe('a message', () => {
  const secret = 's3cret'
  it.each([
    ['url', `http://example.com/${secret}`],
    ['url', secret],
    ['auth', secret],
    ['auth', { username: secret, password: 1234567 }],
    ['auth', { user: secret, password: secret }],
    ['headers', { Authorization: 1234567 }],
    ['headers', { 'X-Key': `${secret}\n` }],
    ['headers', secret],
    ['query', { key: [secret] }],
    ['secret', secret],
    ['secret', 1234567],
  ])('never shows a secret: %s %j', (key, value) => {
    const problems = problemsOf(withWebhook({ [key]: value })).join('\n')
    expect(problems).not.toBe('')
    expect(problems).not.toContain(secret)
    expect(problems).not.toContain('1234567')
  })

  it('shortens a long text', () => {
    expect(problemsOf(withWebhook({ method: 'x'.repeat(1_000) }))[0]).toMatch(/got "x{40}…"$/)
  })
})
