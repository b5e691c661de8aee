import { expect, it, vi } from 'vitest'
import { createStartGate } from '../../../../src/server/emitter/sending/start-gate.ts'
import { handWoundClock } from '../../support/clock.ts'

it('lets so many attempts begin at once, and the next when one has ended', () => {
  const onRoom = vi.fn()
  const gate = createStartGate({ clock: handWoundClock(), most: 2, onRoom })
  const [end] = [gate.enter(), gate.enter()]
  expect(gate.hasRoom()).toBe(false)
  end?.()
  expect(onRoom).toHaveBeenCalledOnce()
  expect(gate.hasRoom()).toBe(true)
})

it('counts an attempt that takes its time no longer, so that endpoints that hang hold up no other', () => {
  const clock = handWoundClock()
  const onRoom = vi.fn()
  const gate = createStartGate({ clock, most: 2, youthMs: 100, onRoom })
  gate.enter()
  clock.wind(60)
  const end = gate.enter()
  expect(gate.hasRoom()).toBe(false)
  clock.wind(40)
  expect(onRoom).toHaveBeenCalledOnce()
  expect(gate.hasRoom()).toBe(true)
  gate.enter()
  expect(gate.hasRoom()).toBe(false)
  end()
  expect(gate.hasRoom()).toBe(true)
})
