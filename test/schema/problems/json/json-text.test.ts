import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonText } from '../../../../src/schema/problems/json/json-text.ts'
import { cpuTimeOf } from '../../../support/cpu-time.ts'

describe('a JSON text', () => {
  it('is read as JSON.parse reads it, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space)
        expect(readJsonText(text).value).toEqual(JSON.parse(text))
      }),
    )
  })

  it('is refused wherever JSON.parse refuses it, and nowhere else', () => {
    const good = JSON.stringify({ a: [1, -0.5e3, true, null, { b: 'x\n"\\é' }], c: {}, d: [], e: '' }, null, 1)
    const isRead = (read: () => unknown) => {
      try {
        read()
        return true
      } catch {
        return false
      }
    }
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(3),
        fc.string({ unit: fc.constantFrom(...'{}[],:"\\ \n\t01.eE+-truefalsnlx\'') }),
        (at, cut, put) => {
          const text = good.slice(0, at) + put + good.slice(at + cut)
          expect(isRead(() => readJsonText(text))).toBe(isRead(() => JSON.parse(text)))
        },
      ),
      { numRuns: 3_000 },
    )
  })

  it('shows no secret that stands beside a fault', () => {
    const good = '{ "secret": "CANARY7", "headers": { "X-Key": "CANARY9" }, "query": [{ "k": "CANARY8" }] }'
    for (let at = 0; at < good.length; at += 1) {
      for (const wrong of ['', ']', '}', '"', ',', '\n', "'", '\\']) {
        let message = ''
        try {
          readJsonText(good.slice(0, at) + wrong + good.slice(at + 1))
        } catch (error) {
          message = String(error)
        }
        expect(message).not.toMatch(/CANA|NARY/)
      }
    }
  })

  it('says where the value at a path stands, or what is around it', () => {
    const { positionOf } = readJsonText('{\n  "a": [1, { "b": "x" }],\n  "c.d": 2\n}')
    expect(positionOf('a[1].b')).toEqual({ line: 2, column: 19 })
    expect(positionOf('a[1].missing')).toEqual({ line: 2, column: 12 })
    expect(positionOf('c.d')).toEqual({ line: 3, column: 10 })
    expect(positionOf('nowhere')).toEqual({ line: 1, column: 1 })
  })

  it('costs what its length costs, however it is nested', () => {
    const deep = `${'[{"a":'.repeat(50_000)}1${'}]'.repeat(50_000)}`
    const wide = `[${'{"a":1},'.repeat(50_000)}1]`
    const work = () => {
      expect(readJsonText(wide).positionOf('[49999].a').line).toBe(1)
      expect(() => readJsonText(`${deep}x`)).toThrow('something follows after the end')
    }
    expect(cpuTimeOf(work)).toBeLessThan(1_500)
  })
})
