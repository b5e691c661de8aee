import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isJson, plainJson } from '../../src/values/plain-json.ts'
import { cpuTimeOf } from '../support/cpu-time.ts'

function read(value: unknown) {
  const problems: string[] = []
  const plain = plainJson(value, 'answers', (path, message) => problems.push(`${path}: ${message}`))
  return { plain, problems }
}

const nested = (levels: number) => {
  let value: unknown = 'deep'
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

it('copies what JSON can say', () => {
  const value = { a: [1, 'x', null, true, { b: {} }], ['__proto__']: 1, c: Object.create(null) }
  expect(read(value)).toEqual({ plain: value, problems: [] })
})

it('leaves out what is undefined, keeps the places of a list, and writes a Date as its time', () => {
  const value = { a: undefined, b: [undefined, 1], c: new Date(0) }
  const { plain } = read(value)
  expect(plain).toStrictEqual({ b: [null, 1], c: '1970-01-01T00:00:00.000Z' })
})

it.each<[unknown, string]>([
  [{ a: { b: Number.NaN } }, 'answers.a.b: expected a finite number, got NaN'],
  [{ a: [1n] }, 'answers.a[0]: expected what JSON can say, got a bigint'],
  [{ a: () => 1 }, 'answers.a: expected what JSON can say, got a function'],
  [{ a: Symbol('x') }, 'answers.a: expected what JSON can say, got a symbol'],
  [{ a: new Map() }, 'answers.a: expected what JSON can say, got a Map'],
  [{ a: new Date('no') }, 'answers.a: expected a valid date, got an invalid one'],
])('names the path of what JSON can not say: %o', (value, problem) => {
  expect(read(value).problems).toEqual([problem])
})

it('finds a cycle, and takes what is only there twice', () => {
  const twice = { x: 1 }
  expect(read({ a: twice, b: twice }).problems).toEqual([])
  const cyclic: Record<string, unknown> = { a: {} }
  cyclic.a = { list: [cyclic] }
  expect(read(cyclic).problems).toEqual(['answers.a.list[0]: contains itself, which JSON can not say'])
})

it('overflows no stack, however deep a value is', () => {
  expect(read(nested(99)).problems).toEqual([])
  const { problems } = read(nested(30_000))
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(/^answers\.a\[0\].*: lies more than 100 levels deep$/)
})

it('gives up on what grows with a power of two, or is just too much', () => {
  let value: unknown = 1
  for (let level = 0; level < 60; level++) value = [value, value]
  expect(read(value).problems[0]).toContain('has more than 100000 parts')
  expect(read(Array(200_000).fill(1)).problems).toHaveLength(1)
})

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
    isJson(body)
    expect(cpuTimeOf(() => isJson(body))).toBeLessThan(30)
  })
})
