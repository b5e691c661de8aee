import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJson } from '../../src/values/is-json.ts'

describe('isJson', () => {
  it('takes whatever JSON.parse gives', () => {
    fc.assert(fc.property(fc.json(), text => isJson(JSON.parse(text))))
  })

  it.each([
    ['undefined', undefined],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['a big integer', 1n],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['undefined within', { a: [undefined] }],
    ['a date within', [{ at: new Date(0) }]],
  ])('does not take %s', (_, value) => {
    expect(isJson(value)).toBe(false)
  })

  it('takes an object without a prototype, and the key __proto__', () => {
    expect(isJson(Object.assign(Object.create(null), { a: 1 }))).toBe(true)
    expect(isJson(JSON.parse('{ "__proto__": { "a": 1 } }'))).toBe(true)
  })

  it('does not take what holds itself, or is nested without end', () => {
    const ring: Record<string, unknown> = {}
    ring.a = [ring]
    expect(isJson(ring)).toBe(false)
    expect(isJson(JSON.parse(`${'['.repeat(30_000)}${']'.repeat(30_000)}`))).toBe(false)
    expect(isJson(JSON.parse(`${'['.repeat(90)}${']'.repeat(90)}`))).toBe(true)
  })

  it('looks at what is shared once a level, so that its cost stays that of its size', () => {
    let shared: unknown = 1
    for (let depth = 0; depth < 90; depth += 1) shared = [shared, shared]
    expect(isJson(shared)).toBe(true)
  })

  it('takes a body of 20,000 parts in no time', () => {
    const body = { answers: Array.from({ length: 20_000 }, () => ({})) }
    const times = Array.from({ length: 5 }, () => {
      const started = performance.now()
      isJson(body)
      return performance.now() - started
    })
    expect(Math.min(...times)).toBeLessThan(25)
  })
})
