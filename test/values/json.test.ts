import { afterEach, describe, expect, test } from 'vitest'
import { hasKey, mapValues, own, stringify } from '../../src/values/json.ts'

describe('own keys', () => {
  test('what an object inherits is not its own', () => {
    expect(hasKey({}, 'toString')).toBe(false)
    expect(own({}, 'constructor')).toBeUndefined()
    expect(own({ plan: 'pro' }, '__proto__')).toBeUndefined()
    expect(own(undefined, 'plan')).toBeUndefined()
  })

  test('a key counts whatever its value, and without a prototype', () => {
    expect(hasKey({ plan: undefined }, 'plan')).toBe(true)
    expect(own({ hasOwnProperty: 'mine' }, 'hasOwnProperty')).toBe('mine')
    expect(own(Object.assign(Object.create(null), { plan: 'pro' }), 'plan')).toBe('pro')
  })
})

describe('mapped values', () => {
  test('what becomes undefined is left out, and null, false and 0 stay', () => {
    const values = { a: null, b: false, c: 0, d: 'gone' }
    expect(Object.entries(mapValues(values, value => (value === 'gone' ? undefined : value)))).toEqual([
      ['a', null],
      ['b', false],
      ['c', 0],
    ])
  })

  test('the mapping sees the key, and a key named __proto__ stays a key', () => {
    const mapped = mapValues(JSON.parse('{"__proto__":"x","b":"y"}'), (value, key) => `${key}=${value}`)
    expect(JSON.stringify(mapped)).toBe('{"__proto__":"__proto__=x","b":"b=y"}')
    expect(Object.getPrototypeOf(mapped)).toBe(Object.prototype)
  })
})

describe('on a page whose old library has given toJSON to arrays', () => {
  afterEach(() => {
    Reflect.deleteProperty(Array.prototype, 'toJSON')
  })

  test('lists stay lists, however deep, and dates say themselves what they are', () => {
    const value = { tags: ['a', ['b']], at: new Date(0), none: null, steps: [{ ids: [1] }] }
    const expected = JSON.stringify(value)
    Object.defineProperty(Array.prototype, 'toJSON', { value: () => 'broken', configurable: true })
    expect(JSON.stringify(value)).toContain('broken')
    expect(stringify(value)).toBe(expected)
  })
})
