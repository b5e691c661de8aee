import { element } from '../../render/layer/element.ts'
import { boxOf } from '../../render/layer/page-element.ts'
import { trackElement } from '../../render/step/track-element.ts'

/** A frame around an element of the page, with a word on it. */
export interface ElementOutline {
  readonly element: HTMLElement
  /** Follows this element from now on; none hides it. */
  around(target: Element | undefined, label?: string): void
}

export function createElementOutline(): ElementOutline {
  const label = element('span', {})
  const frame = element('div', { class: 'outline', hidden: true, 'aria-hidden': 'true' }, label)
  let untrack = () => {}

  function place(target: Element): void {
    const { left, top, width, height } = boxOf(target)
    Object.assign(frame.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    })
    // Above it, or inside where there is no room above.
    frame.classList.toggle('inside', top < 28)
    frame.classList.toggle('far', left > innerWidth / 2)
  }

  return {
    element: frame,
    around(target, text = '') {
      untrack()
      untrack = () => {}
      frame.hidden = !target
      if (!target) return
      label.textContent = text
      untrack = trackElement(target, {
        onMove: () => place(target),
        onGone: () => {
          frame.hidden = true
        },
      })
    },
  }
}
