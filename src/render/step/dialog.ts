import type { VisibleStep } from '../../tour/run.ts'
import { matchesSelector } from '../../tour/sources/natives.ts'
import { elapsedMs } from '../../values/elapsed.ts'
import { arrange } from '../layer/arrange.ts'
import { element } from '../layer/element.ts'
import { focusedElement, keepFocus, moveFocus, tabStopsIn } from '../layer/focus.ts'
import { keepEvents } from '../layer/keep-events.ts'
import { createLayer, type Layer, type LayerOptions } from '../layer/layer.ts'
import { createDialogFinder } from '../layer/modal-dialog.ts'
import { boxOf } from '../layer/page-element.ts'
import { styles } from '../layer/styles.ts'
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
  /** Shows a step; the one that is shown already stays as it is, and may get another target. */
  show(content: DialogContent): void
  /** The target has moved. */
  refresh(): void
  hide(): void
  /** When the visitor has last typed or pressed something in this card, by `elapsedMs`. */
  usedAt(card: HTMLElement): number
  destroy(): void
}

export interface DialogOptions extends LayerOptions {
  takesFocus?: boolean | undefined
  onEscape(): void
}

interface Mounted {
  layer: Layer
  overlay: Overlay
  unmount(): void
}

interface Open extends DialogContent {
  dialog: HTMLElement
  arrow: HTMLElement
}

/** Shows steps as dialogs above the page: a modal in its middle, a pointer beside its target, a slideout in a corner. */
export function createDialog({ onEscape, takesFocus = true, ...look }: DialogOptions): Dialog {
  let mounted: Mounted | undefined
  let open: Open | undefined
  let lastFocused: EventTarget | undefined
  let lastUsed = Number.NEGATIVE_INFINITY

  // From the start, so that it comes before what the page adds later.
  const listeners = new AbortController()
  const { signal } = listeners
  addEventListener('keydown', onKeydown, { capture: true, signal })
  keepEvents({ host: () => mounted?.layer.host, signal, onEvent })

  function mount(): Mounted {
    const overlay = createOverlay()
    const focus = keepFocus(target => target === mounted?.layer.host)
    const layer = createLayer(look, { css: styles, findParent: createDialogFinder(), onPlace })
    // Who edits a step sees it drawn anew at each pause.
    layer.root.classList.toggle('still', !takesFocus)
    layer.root.append(overlay.element)
    layer.root.addEventListener('input', markUsed)
    // A move of the focus within the layer is not heard of outside.
    layer.root.addEventListener('focusin', rememberFocused)
    addEventListener('resize', refresh)
    return {
      layer,
      overlay,
      unmount() {
        removeEventListener('resize', refresh)
        layer.remove()
        focus.giveBack()
      },
    }
  }

  function markUsed(): void {
    lastUsed = elapsedMs()
  }

  function rememberFocused(event: Event): void {
    lastFocused = event.composedPath()[0]
  }

  function onEvent(event: Event): void {
    if (event.type === 'focusin') rememberFocused(event)
    if (event.type === 'pointerdown' || event.type === 'keydown') markUsed()
  }

  /** A slideout leaves the page's dialog the focus that it has taken. */
  function onPlace(isFirst: boolean): void {
    refresh()
    if (isFirst || open?.step.type !== 'slideout') takeFocus()
  }

  function onKeydown(event: KeyboardEvent): void {
    if (!open || !mounted?.layer.host.isConnected || event.isComposing) return
    const { step, dialog, target } = open
    const isInside = document.activeElement === mounted.layer.host
    // A slideout lets the visitor go on with the page.
    if (step.type === 'slideout' && !isInside) return
    if (event.key === 'Escape') {
      // It would close the page's own modal dialog, too.
      event.preventDefault()
      event.stopImmediatePropagation()
      onEscape()
    }
    if (event.key === 'Tab' && takesFocus && step.type !== 'slideout') {
      event.preventDefault()
      event.stopImmediatePropagation()
      moveFocus(target ? [dialog, target] : [dialog], event.shiftKey ? -1 : 1)
    }
  }

  function refresh(): void {
    if (!open || !mounted || open.step.type !== 'pointer') return
    const { step, target, dialog, arrow } = open
    const box = target && boxOf(target)
    mounted.overlay.cut(box)
    if (!box) {
      // Its target has gone under the visitor's hands: it stays where it is.
      dialog.dataset.side = ''
      return
    }
    const size = { width: dialog.offsetWidth, height: dialog.offsetHeight }
    const placement = placeBeside(box, size, { width: innerWidth, height: innerHeight }, step.place)
    dialog.style.left = `${placement.left}px`
    dialog.style.top = `${placement.top}px`
    dialog.dataset.side = placement.side ?? ''
    arrow.style.setProperty('--at', `${placement.arrow}px`)
  }

  function onResize(): void {
    refresh()
    arrange()
  }

  function takeFocus(): void {
    if (!takesFocus || !open || (open.step.type === 'slideout' && isTyping())) return
    const { card } = open
    const control = tabStopsIn(card).find(stop => stop === lastFocused) ?? firstControl(card)
    control?.focus({ preventScroll: true })
  }

  function show(content: DialogContent): void {
    mounted ??= mount()
    const { layer, overlay } = mounted
    const { step, card, target } = content
    if (open?.card === card) open = { ...open, ...content }
    else {
      const { dialog, arrow } = drawDialog(content)
      open?.dialog.remove()
      open = { ...content, dialog, arrow }
      lastUsed = Number.NEGATIVE_INFINITY
      layer.root.append(dialog)
      // A mistake that is reported makes the dialog grow.
      new ResizeObserver(onResize).observe(dialog)
      takeFocus()
    }
    overlay.element.hidden = step.type === 'slideout'
    overlay.glide(target && boxOf(target))
    refresh()
    arrange()
  }

  function hide(): void {
    mounted?.unmount()
    mounted = undefined
    open = undefined
    lastFocused = undefined
  }

  return {
    show,
    refresh,
    hide,
    usedAt: card => (open?.card === card ? lastUsed : Number.NEGATIVE_INFINITY),
    destroy() {
      hide()
      listeners.abort()
    },
  }
}

function drawDialog({ step, name, card }: DialogContent) {
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
  return { dialog, arrow }
}

function isTyping(): boolean {
  const focused = focusedElement()
  return focused !== null && matchesSelector(focused, 'input, textarea, select, [contenteditable]')
}

/** A step's first question, or else the button that leads on. */
function firstControl(card: HTMLElement): HTMLElement | undefined {
  const stops = tabStopsIn(card)
  return stops.find(stop => stop.matches('input, select, textarea')) ?? stops[stops.length - 1]
}
