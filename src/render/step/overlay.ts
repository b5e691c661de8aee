import { element } from '../layer/element.ts'
import type { Box } from './placement.ts'

/** Dims the page and takes its clicks, all but a hole. */
export interface Overlay {
  readonly element: HTMLElement
  /** Cuts the hole over the target, or none. */
  cut(target: Box | undefined): void
  /** As `cut`; the visitor sees the hole move there. */
  glide(target: Box | undefined): void
}

const rim = 6
const radius = 10

export function createOverlay(): Overlay {
  const drawn = element('div', { class: 'overlay', 'aria-hidden': 'true' })
  const { style } = drawn

  function cut(target: Box | undefined): void {
    style.clipPath = `path(evenodd, "M0 0H99999V99999H0Z${target ? hole(target) : ''}")`
  }

  return {
    element: drawn,
    cut,
    glide(target) {
      const before = style.clipPath
      cut(target)
      if (before && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
        // To wherever it is by then: the target may move meanwhile.
        drawn.animate([{ clipPath: before }, {}], { duration: 250, easing: 'ease-out' })
      }
    },
  }
}

/** A rounded rectangle as an SVG path. */
function hole({ left, top, width, height }: Box): string {
  const across = width + 2 * (rim - radius)
  const down = height + 2 * (rim - radius)
  const turn = (x: number, y: number) => `a${radius} ${radius} 0 0 1 ${x} ${y}`
  return [
    `M${left - rim + radius} ${top - rim}`,
    `h${across}${turn(radius, radius)}v${down}${turn(-radius, radius)}`,
    `h${-across}${turn(-radius, -radius)}v${-down}${turn(radius, -radius)}Z`,
  ].join('')
}
