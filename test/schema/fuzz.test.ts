import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfigError, configJsonSchema, parseConfig } from '../../src/schema/index.ts'
import { fullConfig } from '../support/config.ts'

/** JSON whose keys and values are those of configs, so that it gets deep into the schema. */
const words = [
  ...new Set(JSON.stringify(fullConfig).match(/\w+/g)),
  '__proto__',
  'constructor',
  'https://a.example',
]
const { tree } = fc.letrec<{ tree: unknown }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(...words),
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...words), tie('tree')), { maxLength: 6 })
      .map(entries => Object.fromEntries(entries)),
  ),
}))

/** The full config with something else put somewhere into it. */
const mutated = fc.tuple(fc.infiniteStream(fc.nat()), tree).map(([path, value]) => {
  const config = structuredClone(fullConfig) as unknown
  let at = config as Record<string, unknown>
  for (const step of path) {
    const keys = Object.keys(at)
    const key = keys[step % keys.length]
    if (key === undefined) break
    const inner = at[key]
    if (typeof inner !== 'object' || inner === null || step % 3 === 0) {
      at[key] = value
      break
    }
    at = inner as Record<string, unknown>
  }
  return config
})

function outcome(config: unknown): 'parsed' | 'refused' {
  try {
    expect(parseConfig(config)).toEqual(config)
    return 'parsed'
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    expect(error.problems.length).toBeGreaterThan(0)
    for (const { path, message } of error.problems) {
      expect(path).toBeTypeOf('string')
      expect(message).not.toMatch(/^$|invalid input|\[object/i)
    }
    return 'refused'
  }
}

describe('parseConfig', () => {
  it('throws nothing but a ConfigError, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), tree), config => void outcome(config)),
      { numRuns: 300 },
    )
  })

  it('tells what is wrong in words when something else is put into a good config', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(mutated, config => void seen.add(outcome(config))),
      { numRuns: 150 },
    )
    expect(seen).toContain('refused')
  })

  it('gives a good config back unchanged, and again', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 3 })
    const header = fc.constantFrom('X-Team', 'x-api-key', 'Accept', 'Authorization')
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean())
    const source = fc.oneof(
      fc.record({ tag: fc.string({ minLength: 1 }) }),
      fc.record({ value: fc.oneof(value, fc.constant(null)) }),
      fc.record({ page: fc.constantFrom('url', 'path', 'title') }),
    )
    const config = ids.chain(names =>
      fc.record({
        webhooks: fc.tuple(
          ...names.map(id =>
            fc.record({
              id: fc.constant(id),
              url: fc.nat().map(key => `https://hooks.example.com/lead?key=${key}`),
              headers: fc.dictionary(header, fc.string({ unit: 'grapheme-ascii' })),
              query: fc.dictionary(fc.string({ minLength: 1 }), value),
              data: fc.dictionary(fc.string({ minLength: 1 }), source),
              body: fc.oneof(
                fc.constantFrom('envelope', 'data'),
                fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
              ),
            }),
          ),
        ),
        tours: fc.tuple(
          ...names.map(id =>
            fc.record({
              id: fc.constant(id),
              steps: fc.array(
                fc.record({
                  type: fc.constant('trigger'),
                  trigger: fc.record({ type: fc.constant('webhook'), webhook: fc.constantFrom(...names) }),
                }),
                { maxLength: 4 },
              ),
            }),
          ),
        ),
      }),
    )
    fc.assert(
      fc.property(config, given => {
        // -0 is 0 in JSON.
        const json = JSON.parse(JSON.stringify(given)) as unknown
        fc.pre(!JSON.stringify(json).includes('"__proto__":'))
        const parsed = parseConfig(json)
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(parseConfig(JSON.parse(JSON.stringify(parsed)))))
        expect(parsed).toEqual(json)
      }),
      { numRuns: 40 },
    )
  })

  it('refuses __proto__ as a key, and changes no prototype', () => {
    const config = JSON.parse(
      '{ "__proto__": { "polluted": 1 }, "webhooks": [{ "id": "a", "url": "https://a.example", "__proto__": { "polluted": 1 } }] }',
    ) as unknown
    expect(() => parseConfig(config)).toThrow(/unknown key "__proto__"/)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('bears a template as deep as JSON can be', () => {
    const depth = 20_000
    const deep = JSON.parse(`${'['.repeat(depth)}1${']'.repeat(depth)}`) as unknown
    const config = { webhooks: [{ id: 'a', url: 'https://a.example', body: { deep } }] }
    expect(() => parseConfig(config)).toThrow('webhooks[0].body.deep[0]…: is nested too deeply')
  })

  it('bears a config that holds itself', () => {
    const config: Record<string, unknown> = { webhooks: [{ id: 'a', url: 'https://a.example' }] }
    config.tours = [config, config]
    expect(() => parseConfig(config)).toThrow('is nested too deeply')
  })

  it('bears 2,000 webhooks and tours', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => `id-${index}`)
    const webhooks = many.map(id => ({ id, url: 'https://a.example' }))
    const tours = many.map(id => ({
      id,
      steps: [{ type: 'trigger', trigger: { type: 'webhook', webhook: id } }],
    }))
    expect(parseConfig({ webhooks, tours }).tours).toHaveLength(2_000)
  })
})

describe('the JSON Schema', () => {
  const schema = configJsonSchema() as Record<string, unknown>

  it('is of the draft 2020-12, and JSON', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
    })
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema)
  })

  const isValid = new Ajv2020({ strictSchema: true }).compile(schema)

  it('finds no fault in what parseConfig accepts', () => {
    expect(isValid(fullConfig), JSON.stringify(isValid.errors)).toBe(true)
    fc.assert(
      fc.property(mutated, config => outcome(config) === 'refused' || isValid(config)),
      { numRuns: 300 },
    )
  })

  it.each<[what: string, config: unknown]>([
    ['an unknown key', { webhook: [] }],
    ['a webhook without an id', { webhooks: [{ url: 'https://a.example' }] }],
    ['a URL that is none', { webhooks: [{ id: 'a', url: 'a.example' }] }],
    ['a number for a text', { tours: [{ id: 'a', name: 7 }] }],
    ['a pointer without an element', { tours: [{ id: 'a', steps: [{ type: 'pointer' }] }] }],
    ['a step of no type', { tours: [{ id: 'a', steps: [{ type: 'popup' }] }] }],
    [
      'a field without a name',
      { tours: [{ id: 'a', steps: [{ type: 'modal', fields: [{ type: 'text' }] }] }] },
    ],
    [
      'a source of two kinds',
      { webhooks: [{ id: 'a', url: 'https://a.example', data: { b: { tag: 'a', answer: 'b' } } }] },
    ],
  ])('underlines %s', (_, config) => {
    expect(isValid(config)).toBe(false)
    expect(outcome(config)).toBe('refused')
  })

  it('describes every part of the config', () => {
    const properties = schema.properties as Record<string, unknown>
    expect(Object.keys(properties)).toEqual([
      '$schema',
      'webhooks',
      'tours',
      'checklists',
      'banners',
      'segments',
    ])
  })
})
