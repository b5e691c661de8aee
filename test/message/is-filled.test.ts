import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFilled } from '../../src/message/is-filled.ts'
import { fillJson } from '../../src/message/template.ts'
import { type Json, own } from '../../src/values/json.ts'

const anything = () => undefined

describe('a filled template', () => {
  const template: Json = {
    text: '{role} finished {tour.name}!',
    score: '{score}',
    fixed: 'as it is',
    list: ['a', '{b}', 'c'],
    deep: { on: true, n: null },
  }

  test.each<[string, Json]>([
    ['with values of any kind', { ...template, text: 'x finished y!', score: { any: 1 }, list: ['a', 2, 'c'] }],
    [
      'without a value',
      { text: ' finished !', fixed: 'as it is', list: ['a', 'c'], deep: { on: true, n: null } },
    ],
  ])('is recognised %s', (_, filled) => {
    expect(isFilled(template, filled, anything)).toBe(true)
  })

  test.each<[string, Json]>([
    ['another text', { ...template, text: 'x ended y!' }],
    ['a fixed text that is another', { ...template, fixed: 'forged' }],
    ['a key more', { ...template, more: 1 }],
    ['an item more', { ...template, list: ['a', 'b', 'c', 'd'] }],
    ['items in another order', { ...template, list: ['c', 'b', 'a'] }],
    ['a list for an object', { ...template, deep: [] }],
    ['a text for the whole', 'text'],
    ['a fixed entry less', { text: ' finished !', list: ['a', 'c'], deep: { on: true, n: null } }],
  ])('is told from one with %s', (_, forged) => {
    expect(isFilled(template, forged, anything)).toBe(false)
  })

  test('has the values that are known where they are known', () => {
    const known = (name: string) => (name === 'userId' ? { value: 'ada' } : undefined)
    const body = { user: '{userId}', text: '{userId} said {what}' }
    expect(isFilled(body, { user: 'ada', text: 'ada said hi' }, known)).toBe(true)
    expect(isFilled(body, { user: 'bob', text: 'ada said hi' }, known)).toBe(false)
    expect(isFilled(body, { text: 'ada said hi' }, known)).toBe(false)
    expect(isFilled(body, { user: 'ada', text: 'bob said hi' }, known)).toBe(false)
  })

  test('is recognised in time, however hard a text makes it', () => {
    const text = '{a}x'.repeat(50)
    const started = performance.now()
    expect(isFilled(text, `${'x'.repeat(60_000)}y`, anything)).toBe(false)
    expect(isFilled(Array(40).fill('{a}'), Array(40).fill(1), anything)).toBe(true)
    expect(isFilled([...Array(40).fill('{a}'), 'end'], Array(40).fill(1), anything)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })

  test('whatever fillJson fills is recognised', () => {
    const text = fc
      .array(fc.constantFrom('{a}', '{b}', 'x', ' ', 'xx', '{', '}'), { maxLength: 5 })
      .map(parts => parts.join(''))
    const { json } = fc.letrec<{ json: Json }>(tie => ({
      json: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.constantFrom<Json>(null, true, 7),
        fc.array(tie('json'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('k', 'l', '__proto__'), tie('json'), { maxKeys: 3 }),
      ),
    }))
    const value = fc.option(fc.oneof(fc.string(), fc.integer(), fc.constant<Json>({ x: 1 })), {
      nil: undefined,
    })
    fc.assert(
      fc.property(json, value, value, (template, a, b) => {
        const filled = fillJson(template, name => own({ a, b } as Record<string, Json>, name))
        expect(isFilled(template, filled, anything)).toBe(true)
        expect(
          isFilled(template, filled, name => ({ value: own({ a, b } as Record<string, Json>, name) })),
        ).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})
