import { element } from '../../render/layer/element.ts'
import type { EventGuard } from '../../render/layer/keep-events.ts'
import { createLayer, type LayerOptions } from '../../render/layer/layer.ts'
import { createDialogFinder } from '../../render/layer/modal-dialog.ts'
import { closest } from '../../tour/sources/natives.ts'
import { listOf } from '../../values/list-of.ts'
import { createHearing } from './hearing.ts'
import { overlayStyles } from './overlay-styles.ts'
import { typed } from './typed.ts'

/** What the editor has above the page: the page's scripts neither see into it nor hear what happens there. */
export interface EditorOverlay {
  readonly root: HTMLElement
  /** What of it has the focus. */
  focused(): HTMLElement | undefined
  /** Gives this the focus, as soon as it can have it, and until the author takes it elsewhere. */
  focus(element: HTMLElement): void
  /** What of the page is there, in open shadow roots, too. */
  pageElementAt(x: number, y: number): Element | undefined
  remove(): void
}

export interface OverlayOptions extends LayerOptions {
  /** Hears the page's events before the page does; while the overlay is there, it is the overlay's. */
  guard: EventGuard
  /** A key was pressed in it. */
  onKey(event: KeyboardEvent): void
  /** The pointer is there, on this of it. */
  onPointer?: ((event: MouseEvent, target: Element | null) => void) | undefined
}

/** A page that opens one popover after another over it wins: nobody gains by a war. */
const mostRaises = 100

export function createEditorOverlay({ guard, onKey, onPointer, ...look }: OverlayOptions): EditorOverlay {
  const listeners = new AbortController()
  const hearing = createHearing()
  const { signal } = listeners
  let wanted: HTMLElement | undefined
  let pressed = 0
  const refocus = () => wanted?.focus({ preventScroll: true })

  const layer = createLayer(look, {
    css: overlayStyles,
    mode: 'closed',
    findParent: createDialogFinder(),
    onPlace(isFirst) {
      refocus()
      if (isFirst) queueMicrotask(warn)
    },
  })
  const shadow = layer.root.getRootNode() as ShadowRoot
  let raises = 0

  function warn(): void {
    if (!hearing.isKeptFrom(layer.host)) return
    const words =
      'A script of this page keeps clicks or keys from all others, from this editor and from tours: load Tourhook’s script before it.'
    layer.root.append(element('p', { class: 'bar high notice', role: 'alert' }, words))
  }

  function onEvent(event: Event): void {
    if (hearing.isProbe(event)) return
    if (event instanceof KeyboardEvent) {
      raises = 0
      if (event.type !== 'keydown') return
      if (event.key === 'Tab') pressed = event.timeStamp
      onKey(event)
    } else if (event.type === 'focusin') wanted = focused()
    else if (event.type === 'input') focused()?.dispatchEvent(new CustomEvent(typed))
    else if (event instanceof FocusEvent && event.type === 'focusout') onFocusOut(event)
    else if (event instanceof MouseEvent && isByPointer(event)) onPointer?.(event, targetOf(event))
  }

  function onPageEvent(event: Event): void {
    if (event.type === 'pointerdown') pressed = event.timeStamp
    const isLeft = event instanceof FocusEvent && /blur|out/.test(event.type)
    // A page that takes the focus back from whatever takes it does not hear that it has lost it.
    if (isLeft && event.relatedTarget === layer.host) event.stopImmediatePropagation()
  }

  /** The author may go where they like; a page that takes the focus by itself has to give it back. */
  function onFocusOut({ relatedTarget, timeStamp }: FocusEvent): void {
    if (!(relatedTarget instanceof Element)) return
    const isOwn = relatedTarget.matches('.tourhook')
    if (isOwn || timeStamp - pressed < 1_000 || raises >= mostRaises) {
      wanted = undefined
      return
    }
    raises += 1
    queueMicrotask(refocus)
  }

  function focused(): HTMLElement | undefined {
    const { activeElement } = shadow
    return activeElement instanceof HTMLElement ? activeElement : undefined
  }

  /** A closed shadow root keeps to itself what an event in it is about. */
  function targetOf(event: Event): Element | null {
    if (hearing.isProbe(event)) return null
    return event instanceof MouseEvent && isByPointer(event)
      ? shadow.elementFromPoint(event.clientX, event.clientY)
      : shadow.activeElement
  }

  function raise(): void {
    raises += 1
    if (raises <= mostRaises) layer.raise()
  }

  // What is shown as a preview, and the page's own popovers, come into the top layer above it.
  const observer = new MutationObserver(records => {
    const added = records.flatMap(({ addedNodes }) => listOf(addedNodes))
    if (added.some(node => node instanceof Element && node !== layer.host && node.matches('.tourhook'))) {
      raises = 0
      raise()
    }
  })
  observer.observe(document, { subtree: true, childList: true })
  const onToggle = ({ target }: Event) => {
    if (target !== layer.host && target instanceof Element && target.hasAttribute('popover')) raise()
  }
  addEventListener('toggle', onToggle, { capture: true, signal })
  addEventListener('fullscreenchange', raise, { signal })

  Object.assign(guard, { host: () => layer.host, targetOf, onEvent, onPageEvent })

  return {
    root: layer.root,
    focused,
    focus(element) {
      wanted = element
      refocus()
    },
    pageElementAt(x, y) {
      const isPage = (element: Element) => element !== layer.host && !element.matches('.tourhook')
      const element = document.elementsFromPoint(x, y).find(isPage)
      return element && meantBy(within(element, x, y))
    },
    remove() {
      guard.host = () => undefined
      listeners.abort()
      observer.disconnect()
      layer.remove()
    },
  }
}

/** Enter clicks, too. */
function isByPointer({ type, detail }: MouseEvent): boolean {
  return detail > 0 || type.startsWith('pointer')
}

/** Who points at a button's icon or words means the button; the keys lead into it. */
function meantBy(element: Element): Element {
  const icon = closest(element, 'svg')
  const link = icon && closest(icon, 'a[href]')
  return closest(element, 'button, summary, [role="button"]') ?? link ?? icon ?? element
}

/** The innermost element there: what a component shows of its own is in its shadow. */
function within(element: Element, x: number, y: number): Element {
  const inner = element.shadowRoot?.elementFromPoint(x, y)
  return inner && inner !== element && element.shadowRoot?.contains(inner) ? within(inner, x, y) : element
}
