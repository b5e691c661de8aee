import { driver } from 'driver.js'
import type { VisibleStep } from '../tour/run.ts'
import { element } from './element.ts'
import { focusedElement, keepFocus, moveFocus, tabStopsIn } from './focus.ts'
import { createLayer, type Layer, type LayerOptions } from './layer.ts'
import { contentId, titleId } from './step.ts'

export interface Scene {
  step: VisibleStep
  /** What the popover holds. */
  card: HTMLElement
  /** What a pointer points at. */
  target?: Element | undefined
}

/** Where steps are shown, one at a time. */
export interface Stage {
  show(scene: Scene): void
  /** The target is here now. */
  move(place: DOMRect): void
  hide(): void
}

export interface StageOptions extends LayerOptions {
  onEscape(): void
}

interface Open extends Scene {
  layer: Layer
  frame: HTMLElement
  popover?: HTMLElement
}

/**
 * Shows steps as driver.js's popovers, over its overlay.
 *
 * driver.js highlights a frame of ours, which lies over the target: so the page's elements keep their classes
 * and aria attributes, and what driver.js draws can live in a shadow root.
 */
export function createStage({ onEscape, ...options }: StageOptions): Stage {
  let open: Open | undefined
  let undo: (() => void) | undefined

  const tour = driver({
    animate: false,
    allowClose: false,
    allowKeyboardControl: false,
    overlayOpacity: 0.5,
    stagePadding: 6,
    stageRadius: 10,
    popoverOffset: 8,
    onPopoverRender({ wrapper, arrow }) {
      if (!open) return
      const { step, card, layer } = open
      open.popover = wrapper
      wrapper.replaceChildren(arrow, card)
      wrapper.ariaModal = String(step.type === 'modal')
      wrapper.setAttribute('aria-labelledby', step.title ? titleId : contentId)
      wrapper.setAttribute('aria-describedby', contentId)
      // Until it is placed: driver.js focuses its first control, which need not be the one that we want.
      wrapper.inert = true
      layer.root.append(wrapper)
    },
  })

  function raise(): Pick<Open, 'layer' | 'frame'> {
    const giveFocusBack = keepFocus()
    const listeners = new AbortController()
    const { signal } = listeners
    const layer = createLayer(options)
    const frame = element('div', { class: 'frame', 'aria-hidden': 'true' })
    layer.root.append(frame)
    addEventListener('keydown', onKeydown, { capture: true, signal })
    // What is typed in here is none of the page's shortcuts.
    for (const name of ['keydown', 'keypress', 'keyup']) {
      layer.host.addEventListener(name, event => event.stopPropagation())
    }
    undo = () => {
      listeners.abort()
      tour.destroy()
      layer.remove()
      giveFocusBack()
    }
    return { layer, frame }
  }

  function onKeydown(event: KeyboardEvent): void {
    if (!open || event.isComposing) return
    const { step, layer, popover, target } = open
    const isSlideout = step.type === 'slideout'
    if (event.key === 'Escape' && (!isSlideout || document.activeElement === layer.host)) {
      event.stopPropagation()
      onEscape()
    }
    if (event.key !== 'Tab' || !popover) return
    // driver.js has a Tab of its own, which knows neither shadow roots nor every kind of field.
    event.stopPropagation()
    // A slideout lets the visitor go on with the page.
    if (isSlideout) return
    event.preventDefault()
    moveFocus(target ? [popover, target] : [popover], event.shiftKey ? -1 : 1)
  }

  function place({ x, y, width, height }: Pick<DOMRect, 'x' | 'y' | 'width' | 'height'>): void {
    if (!open) return
    const { style } = open.frame
    style.left = `${x}px`
    style.top = `${y}px`
    style.width = `${width}px`
    style.height = `${height}px`
  }

  return {
    show(scene) {
      open = { ...(open ?? raise()), ...scene }
      const { layer, frame, step, card, target } = open
      layer.root.dataset.step = step.type
      // Without a target the overlay has no hole: the frame is out of sight.
      place(target?.getBoundingClientRect() ?? { x: -99, y: -99, width: 0, height: 0 })
      tour.highlight({
        element: frame,
        popover: { align: 'center', ...(step.type === 'pointer' && step.place && { side: step.place }) },
      })
      // Where the page has driver.js's own style sheet, they would switch off its pointer.
      document.body.classList.remove('driver-active', 'driver-simple')
      // driver.js adds its overlay in the next frame, by a callback that it has asked for before.
      requestAnimationFrame(() => {
        const overlay = document.querySelector('body > .driver-overlay')
        overlay?.setAttribute('aria-hidden', 'true')
        if (overlay && open?.layer === layer) layer.root.prepend(overlay)
      })
      if (open.popover) open.popover.inert = false
      if (step.type !== 'slideout' || !isTyping()) firstControl(card)?.focus({ preventScroll: true })
    },
    move(rect) {
      place(rect)
      tour.refresh()
    },
    hide() {
      open = undefined
      undo?.()
      undo = undefined
    },
  }
}

function isTyping(): boolean {
  return focusedElement()?.matches('input, textarea, select, [contenteditable]') ?? false
}

/** A step's first question, or else the button that leads on. */
function firstControl(card: HTMLElement): HTMLElement | undefined {
  const stops = tabStopsIn(card)
  return stops.find(stop => stop.matches('input, select, textarea')) ?? stops.at(-1)
}
