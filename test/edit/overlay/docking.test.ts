import { expect, it } from 'vitest'
import { dockFor } from '../../../src/edit/overlay/docking.ts'

const panel = { width: 360, height: 600 }
const desktop = { width: 1440, height: 900 }
const phone = { width: 390, height: 844 }
const at = (left: number, top: number) => ({ left, top, width: 100, height: 40 })

it('stands where it is while it covers nothing', () => {
  expect(dockFor(undefined, panel, desktop, 'end')).toBe('end')
  expect(dockFor(undefined, panel, desktop, 'start')).toBe('start')
  expect(dockFor(at(620, 40), panel, desktop, 'start')).toBe('start')
})

it('goes to the other side of what it would cover, or of the step beside it', () => {
  expect(dockFor(at(1200, 500), panel, desktop, 'end')).toBe('start')
  expect(dockFor(at(950, 500), panel, desktop, 'end')).toBe('start')
  expect(dockFor(at(60, 500), panel, desktop, 'start')).toBe('end')
})

it('stands at the bottom or the top of a phone', () => {
  expect(dockFor(undefined, { width: 390, height: 400 }, phone, 'end')).toBe('bottom')
  expect(dockFor(at(20, 700), { width: 390, height: 400 }, phone, 'bottom')).toBe('top')
  expect(dockFor(at(20, 100), { width: 390, height: 400 }, phone, 'top')).toBe('bottom')
})

it('covers as little as it can of what is everywhere', () => {
  const all = { left: 0, top: 0, width: 1440, height: 900 }
  expect(dockFor(all, panel, desktop, 'end')).toBe('end')
  expect(dockFor({ ...all, width: 900 }, panel, desktop, 'start')).toBe('end')
})
