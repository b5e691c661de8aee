import { press } from './press.ts'

/**
 * What a page listens for to guard its own: shortcuts, focus traps, locked scrolling, clicks "outside".
 *
 * Not the ends of a press: the page must hear when what began in it is over. Not `input`: no page undoes it.
 */
const guarded =
  'click dblclick auxclick contextmenu pointerdown mousedown touchstart touchmove wheel keydown keypress keyup beforeinput paste copy cut focus focusin blur focusout'

export interface KeepOptions {
  /** The layer's host, while there is one. */
  host(): Element | undefined
  signal: AbortSignal
  /** What of a closed layer an event is about: the event doesn't say. */
  targetOf?: ((event: Event) => Element | null) | undefined
  /** Hears of each event in the layer; the page does not. */
  onEvent?: ((event: Event) => void) | undefined
}

/**
 * Keeps what happens in a layer from the page, whose focus traps would undo it: focus-trap cancels clicks outside of
 * itself, Bootstrap, Radix and MUI take the focus back, react-remove-scroll stops the wheel.
 *
 * The capture of the window comes before all others'. Within the layer, a click is heard of as `press`.
 */
export function keepEvents({ host, signal, targetOf, onEvent }: KeepOptions): void {
  function keep(event: Event): void {
    const own = host()
    if (!own) return
    if (event.target !== own) {
      hideWhereTo(event, own)
      return
    }
    // The target within the layer; it is forgotten as soon as the event has stopped.
    const inner = targetOf ? targetOf(event) : event.composedPath()[0]
    onEvent?.(event)
    event.stopImmediatePropagation()
    // Not an Event: MooTools has a class of its own by that name.
    if (event.type === 'click') inner?.dispatchEvent(new CustomEvent(press, { bubbles: true }))
  }
  for (const name of guarded.split(' ')) addEventListener(name, keep, { capture: true, passive: false, signal })
}

/** The page may know that it loses the focus, but not where it goes: Radix takes it back from what it doesn't know. */
function hideWhereTo(event: Event, own: Element): void {
  if (event instanceof FocusEvent && event.relatedTarget === own) {
    Object.defineProperty(event, 'relatedTarget', { value: null })
  }
}
