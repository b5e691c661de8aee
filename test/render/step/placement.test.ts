import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Box, placeBeside } from '../../../src/render/step/placement.ts'

const viewport = { width: 1000, height: 800 }
const popover = { width: 360, height: 200 }
const at = (left: number, top: number): Box => ({ left, top, width: 100, height: 40 })

test.each(['top', 'right', 'bottom', 'left'] as const)(
  'goes to the %s where asked to, if there is room',
  side => {
    expect(placeBeside(at(450, 400), popover, viewport, side).side).toBe(side)
  },
)

test('goes below without being asked', () => {
  expect(placeBeside(at(450, 400), popover, viewport)).toEqual({
    side: 'bottom',
    left: 320,
    top: 456,
    arrow: 180,
  })
})

test('goes elsewhere when there is no room where it was asked to', () => {
  expect(placeBeside(at(450, 750), popover, viewport, 'bottom').side).toBe('top')
  expect(placeBeside(at(10, 400), popover, viewport, 'left').side).toBe('bottom')
})

test('lies over a target that leaves no room, without an arrow', () => {
  const screenful = { left: 0, top: 0, ...viewport }
  expect(placeBeside(screenful, popover, viewport)).not.toHaveProperty('side')
})

test('stays within the viewport, its arrow at its edge, wherever the target is', () => {
  const target = fc.record({
    left: fc.integer({ min: -200, max: 1200 }),
    top: fc.integer({ min: -200, max: 1000 }),
    width: fc.integer({ min: 0, max: 1500 }),
    height: fc.integer({ min: 0, max: 1500 }),
  })
  fc.assert(
    fc.property(target, fc.constantFrom('top', 'right', 'bottom', 'left'), (target, preferred) => {
      const { left, top, side, arrow } = placeBeside(target, popover, viewport, preferred)
      expect(left).toBeGreaterThanOrEqual(0)
      expect(left + popover.width).toBeLessThanOrEqual(viewport.width)
      expect(top).toBeGreaterThanOrEqual(0)
      expect(top + popover.height).toBeLessThanOrEqual(viewport.height)
      const edge = side === 'left' || side === 'right' ? popover.height : popover.width
      expect(arrow).toBeGreaterThan(0)
      expect(arrow).toBeLessThan(edge)
    }),
  )
})
