export type Side = 'top' | 'right' | 'bottom' | 'left'

export interface Size {
  width: number
  height: number
}

/** A place in the viewport, in px. */
export interface Box extends Size {
  left: number
  top: number
}

export interface Placement {
  left: number
  top: number
  /** The side of the target that it is on; none when there is no room beside the target. */
  side?: Side
  /** Where the arrow's middle is, along the popover's edge. */
  arrow: number
}

/** Between target and popover: the hole's rim and the arrow. */
const gap = 16
/** To the edges of the viewport. */
const margin = 12
/** From the arrow's middle to the popover's corner. */
const corner = 22

/** Where a popover goes: on the side asked for, or else where there is room, its arrow at the target's middle. */
export function placeBeside(target: Box, popover: Size, viewport: Size, preferred: Side = 'bottom'): Placement {
  const right = target.left + target.width
  const bottom = target.top + target.height
  const room: Record<Side, number> = {
    top: target.top - popover.height,
    right: viewport.width - right - popover.width,
    bottom: viewport.height - bottom - popover.height,
    left: target.left - popover.width,
  }
  const sides = [preferred, 'bottom', 'top', 'right', 'left'] as const
  const side = sides.find(side => room[side] >= gap + margin)

  // Always in the viewport, also when the visitor has scrolled the target out of it.
  const across = (left: number) => clamp(left, margin, viewport.width - popover.width - margin)
  const down = (top: number) => clamp(top, margin, viewport.height - popover.height - margin)
  const middle = { x: target.left + target.width / 2, y: target.top + target.height / 2 }
  const left = across(middle.x - popover.width / 2)
  const top = down(middle.y - popover.height / 2)
  const arrowX = clamp(middle.x - left, corner, popover.width - corner)
  const arrowY = clamp(middle.y - top, corner, popover.height - corner)

  switch (side) {
    case 'top':
      return { side, left, top: down(target.top - popover.height - gap), arrow: arrowX }
    case 'bottom':
      return { side, left, top: down(bottom + gap), arrow: arrowX }
    case 'left':
      return { side, left: across(target.left - popover.width - gap), top, arrow: arrowY }
    case 'right':
      return { side, left: across(right + gap), top, arrow: arrowY }
    case undefined:
      return { left, top: down(Infinity), arrow: arrowX }
  }
}

/** The lower limit wins where the two cross. */
function clamp(value: number, lowest: number, highest: number): number {
  return Math.max(lowest, Math.min(value, highest))
}
