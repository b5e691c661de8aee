import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fillJson, fillText } from '../../src/message/template.ts'
import { byId } from '../../src/values/by-id.ts'
import { type Json, mapValues, own } from '../../src/values/json.ts'

const values: Record<string, Json> = {
  role: 'Developer',
  score: 9,
  agreed: false,
  none: null,
  colors: ['red'],
  'tour.name': 'Welcome',
  'first-name': 'Ada',
}
const lookup = (name: string) => own(values, name)

/** What is the same in two JSON values but for their texts. */
function shapeOf(value: unknown): unknown {
  if (typeof value === 'string') return 'text'
  if (Array.isArray(value)) return value.map(shapeOf)
  return value !== null && typeof value === 'object'
    ? mapValues(value as Record<string, unknown>, shapeOf)
    : value
}

describe('a text’s placeholders', () => {
  it('may be written in any script', () => {
    const names: Record<string, Json> = { prénom: 'Ada', 名前: 'エイダ' }
    expect(fillText('{prénom} {名前}', name => names[name])).toBe('Ada エイダ')
    expect(fillJson({ text: '{名前}' }, name => names[name])).toEqual({ text: 'エイダ' })
  })

  it('are filled', () => {
    expect(fillText('{role} of {tour.name}, {first-name}: {score}, {agreed}, {colors}', lookup)).toBe(
      'Developer of Welcome, Ada: 9, false, ["red"]',
    )
  })

  it('become empty without a value', () => {
    expect(fillText('<{nobody}{none}{__proto__}{toString}>', lookup)).toBe('<>')
  })

  it('are words in braces alone: JSON and CSS stay what they are', () => {
    for (const text of ['{ role }', '{}', '{{', 'a { color: red }', '{"role":1}', '{ro le}']) {
      expect(fillText(text, lookup)).toBe(text)
    }
    expect(fillText('{{role}}', lookup)).toBe('{Developer}')
  })

  it('are not looked for in a value, and $ means nothing in it', () => {
    expect(fillText('{x}', () => '{role} $& $1 $$')).toBe('{role} $& $1 $$')
  })
})

describe('a JSON template', () => {
  it('is filled at every depth, but for its keys', () => {
    const template = { text: '{role}!', blocks: [{ '{role}': 'a {score}' }, 5, null, true] }
    expect(fillJson(template, lookup)).toEqual({
      text: 'Developer!',
      blocks: [{ '{role}': 'a 9' }, 5, null, true],
    })
  })

  it('keeps the type of a value that stands alone, and leaves it out when it is missing', () => {
    const template = {
      a: '{score}',
      b: '{agreed}',
      c: '{colors}',
      d: '{none}',
      e: '{nobody}',
      f: ['{nobody}', '{score}'],
    }
    expect(fillJson(template, lookup)).toEqual({ a: 9, b: false, c: ['red'], d: null, f: [9] })
    expect(fillJson('{nobody}', lookup)).toBeUndefined()
  })

  it('is not broken out of: filled with any text, it is JSON of the same shape', () => {
    const placeholder = fc.constantFrom('{a}', ' {a}', '{a}{b}', 'x {a} y', '"{a}"')
    const { template } = fc.letrec<{ template: Json }>(tie => ({
      template: fc.oneof(
        { maxDepth: 4 },
        placeholder,
        fc.constantFrom(1, true, null),
        fc.array(tie('template'), { maxLength: 3 }),
        fc.dictionary(fc.string({ unit: 'grapheme' }), tie('template'), { maxKeys: 3 }),
      ),
    }))
    const hostile = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('","admin":true,"x":"', '"}', '\\', '\\"', '\u2028', '\n', '{b}', '</script>'),
    )
    fc.assert(
      fc.property(template, hostile, hostile, (given, a, b) => {
        const filled = fillJson(given, name => (name === 'a' ? a : b))
        const sent = JSON.parse(JSON.stringify(filled)) as unknown
        expect(shapeOf(sent)).toEqual(shapeOf(given))
      }),
      { numRuns: 100 },
    )
  })

  it('keeps __proto__ a key like any other', () => {
    const template = JSON.parse('{ "__proto__": "{role}" }') as Json
    expect(JSON.stringify(fillJson(template, lookup))).toBe('{"__proto__":"Developer"}')
  })
})

describe('values', () => {
  it('are an object’s own', () => {
    expect(own({ a: 1 }, 'a')).toBe(1)
    expect(own({}, 'toString')).toBeUndefined()
    expect(own(undefined, 'a')).toBeUndefined()
  })

  it('are found by their id, or the id is named', () => {
    expect(byId([{ id: 'a' }, { id: 'b' }], 'b', 'tour')).toEqual({ id: 'b' })
    expect(() => byId([{}], 'b', 'tour')).toThrow('no tour has the id "b"')
  })
})
