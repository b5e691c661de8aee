import { press } from './press.ts'

/**
 * What a page listens for to guard its own: shortcuts, focus traps, locked scrolling, clicks "outside".
 *
 * Not the ends of a press: the page must hear when what began in it is over. Not `input`: no page undoes it.
 */
const guarded =
  'click dblclick auxclick contextmenu pointerdown mousedown touchstart touchmove wheel keydown keypress keyup beforeinput paste copy cut focus focusin blur focusout'

/** Asked at each event, so that what it answers may come later than the listeners. */
export interface EventGuard {
  /** The layer's host, while there is one. */
  host(): Element | undefined
  signal: AbortSignal
  /** What of a closed layer an event is about: the event doesn't say. */
  targetOf?: ((event: Event) => Element | null) | undefined
  /** Hears of each event in the layer; the page does not. */
  onEvent?: ((event: Event) => void) | undefined
  /** Hears of each event elsewhere, before the page does. */
  onPageEvent?: ((event: Event) => void) | undefined
}

/**
 * Keeps what happens in a layer from the page, whose focus traps would undo it: focus-trap cancels clicks outside of
 * itself, Bootstrap, Radix and MUI take the focus back, react-remove-scroll stops the wheel.
 *
 * The capture of the window comes before all others'. Within the layer, a click is heard of as `press`.
 *
 * @param more Names of further events.
 */
export function keepEvents(guard: EventGuard, more = ''): void {
  function keep(event: Event): void {
    const own = guard.host()
    if (!own) return
    if (event.target !== own) {
      guard.onPageEvent?.(event)
      hideWhereTo(event, own)
      return
    }
    // The target within the layer; it is forgotten as soon as the event has stopped.
    const inner = guard.targetOf ? guard.targetOf(event) : event.composedPath()[0]
    guard.onEvent?.(event)
    event.stopImmediatePropagation()
    // Not an Event: MooTools has a class of its own by that name.
    if (event.type === 'click') inner?.dispatchEvent(new CustomEvent(press, { bubbles: true }))
  }
  for (const name of (guarded + more).split(' ')) {
    addEventListener(name, keep, { capture: true, passive: false, signal: guard.signal })
  }
}

/** The page may know that it loses the focus, but not where it goes: Radix takes it back from what it doesn't know. */
function hideWhereTo(event: Event, own: Element): void {
  if (event instanceof FocusEvent && event.relatedTarget === own) {
    Object.defineProperty(event, 'relatedTarget', { value: null })
  }
}
