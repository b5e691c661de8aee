import type { Box, Size } from '../../render/step/placement.ts'

/** Where the panel stands: at the end or the start of the line; where there is no room for both, at the bottom or top. */
export type Dock = 'end' | 'start' | 'bottom' | 'top'

const margin = 16
/** What a step beside the box takes, around it. */
const stepRoom = 200

/** Where the panel leaves this box, and a step beside it, free, or as much of it as can be; the present place wins where both do. */
export function dockFor(box: Box | undefined, panel: Size, viewport: Size, present: Dock): Dock {
  const isNarrow = viewport.width < 640
  const docks: Dock[] = isNarrow ? ['bottom', 'top'] : ['end', 'start']
  const order = docks.includes(present) ? [present, ...docks.filter(dock => dock !== present)] : docks
  const needed = box && (isNarrow ? box : withRoom(box))
  const covered = (dock: Dock) => (needed ? overlap(needed, boxOfDock(dock, panel, viewport)) : 0)
  return order.reduce((best, dock) => (covered(dock) < covered(best) ? dock : best))
}

function boxOfDock(dock: Dock, { width, height }: Size, viewport: Size): Box {
  if (dock === 'bottom') return { left: 0, top: viewport.height - height, width: viewport.width, height }
  if (dock === 'top') return { left: 0, top: 0, width: viewport.width, height }
  const left = dock === 'end' ? viewport.width - width - margin : margin
  return { left, top: viewport.height - height - margin, width, height }
}

function withRoom({ left, top, width, height }: Box): Box {
  const both = 2 * stepRoom
  return { left: left - stepRoom, top: top - stepRoom, width: width + both, height: height + both }
}

function overlap(a: Box, b: Box): number {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)
  const down = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top)
  return Math.max(0, across) * Math.max(0, down)
}
