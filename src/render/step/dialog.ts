import type { VisibleStep } from '../../tour/run.ts'
import { element } from '../layer/element.ts'
import { focusedElement, keepFocus, moveFocus, tabStopsIn } from '../layer/focus.ts'
import { createLayer, type Layer, type LayerOptions } from '../layer/layer.ts'
import { stayAboveDialogs } from '../layer/modal-dialog.ts'
import { createOverlay, type Overlay } from './overlay.ts'
import { placeBeside } from './placement.ts'
import { contentId, titleId } from './step.ts'

export interface DialogContent {
  step: VisibleStep
  /** Names the dialog where the step has neither title nor content. */
  name: string
  /** What the dialog holds. */
  card: HTMLElement
  /** What a pointer points at. */
  target?: Element | undefined
}

/** Where steps are shown, one at a time. */
export interface Dialog {
  show(scene: DialogContent): void
  /** The target has moved. */
  refresh(): void
  hide(): void
}

export interface DialogOptions extends LayerOptions {
  onEscape(): void
}

interface Open extends DialogContent {
  dialog: HTMLElement
  arrow: HTMLElement
}

/** Shows steps as dialogs above the page: a modal in its middle, a pointer beside its target, a slideout in a corner. */
export function createDialog({ onEscape, ...look }: DialogOptions): Dialog {
  let raised: { layer: Layer; overlay: Overlay; lower(): void } | undefined
  let open: Open | undefined
  let lastFocused: EventTarget | null = null

  function raise(): NonNullable<typeof raised> {
    const giveFocusBack = keepFocus()
    const listeners = new AbortController()
    const { signal } = listeners
    const layer = createLayer(look)
    const overlay = createOverlay()
    layer.root.append(overlay.element)
    layer.root.addEventListener('focusin', ({ target }) => {
      lastFocused = target
    })
    // A slideout leaves the page's dialog the focus that it has taken.
    const stopStaying = stayAboveDialogs(layer.host, () => open?.step.type !== 'slideout' && takeFocus())
    addEventListener('resize', refresh, { signal })
    addEventListener('keydown', onKeydown, { capture: true, signal })
    // What is typed in here is none of the page's shortcuts.
    for (const name of ['keydown', 'keypress', 'keyup']) {
      layer.host.addEventListener(name, event => event.stopPropagation())
    }
    return {
      layer,
      overlay,
      lower() {
        listeners.abort()
        stopStaying()
        layer.remove()
        giveFocusBack()
      },
    }
  }

  function onKeydown(event: KeyboardEvent): void {
    if (!open || event.isComposing) return
    const { step, dialog, target } = open
    const isInside = document.activeElement === raised?.layer.host
    // A slideout lets the visitor go on with the page.
    if (step.type === 'slideout' && !isInside) return
    if (event.key === 'Escape') {
      // It would close the page's own modal dialog, too.
      event.preventDefault()
      event.stopPropagation()
      onEscape()
    }
    if (event.key === 'Tab' && step.type !== 'slideout') {
      event.preventDefault()
      event.stopPropagation()
      moveFocus(target ? [dialog, target] : [dialog], event.shiftKey ? -1 : 1)
    }
  }

  function refresh(): void {
    if (!open?.target || !raised) return
    const { step, target, dialog, arrow } = open
    const box = target.getBoundingClientRect()
    raised.overlay.cut(box)
    const size = { width: dialog.offsetWidth, height: dialog.offsetHeight }
    const place = step.type === 'pointer' ? step.place : undefined
    const {
      left,
      top,
      side,
      arrow: at,
    } = placeBeside(box, size, { width: innerWidth, height: innerHeight }, place)
    dialog.style.left = `${left}px`
    dialog.style.top = `${top}px`
    dialog.dataset.side = side ?? ''
    arrow.style.setProperty('--at', `${at}px`)
  }

  function takeFocus(): void {
    if (!open || (open.step.type === 'slideout' && isTyping())) return
    const { card } = open
    const control = tabStopsIn(card).find(stop => stop === lastFocused) ?? firstControl(card)
    control?.focus({ preventScroll: true })
  }

  return {
    show(scene) {
      raised ??= raise()
      const { layer, overlay } = raised
      const { step, name, card, target } = scene
      const namedBy = step.title ? titleId : step.content ? contentId : undefined
      const arrow = element('div', { class: 'arrow' })
      const dialog = element(
        'div',
        {
          class: `dialog ${step.type}`,
          role: 'dialog',
          'aria-modal': String(step.type === 'modal'),
          'aria-labelledby': namedBy,
          'aria-label': namedBy === undefined && name,
          'aria-describedby': contentId,
        },
        arrow,
        card,
      )
      open?.dialog.remove()
      open = { ...scene, dialog, arrow }
      layer.root.append(dialog)
      overlay.element.hidden = step.type === 'slideout'
      overlay.glide(target?.getBoundingClientRect())
      refresh()
      // A mistake that is told makes the dialog grow.
      new ResizeObserver(refresh).observe(dialog)
      takeFocus()
    },
    refresh,
    hide() {
      raised?.lower()
      raised = undefined
      open = undefined
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
