import { keepEvents } from '../../render/layer/keep-events.ts'
import { createLayer, type LayerOptions } from '../../render/layer/layer.ts'
import { createDialogFinder } from '../../render/layer/modal-dialog.ts'
import { listOf } from '../../values/list-of.ts'
import { overlayStyles } from './overlay-styles.ts'

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
  /** A key was pressed in it. */
  onKey(event: KeyboardEvent): void
}

/** A page that opens one popover after another over it wins: nobody gains by a war. */
const mostRaises = 100

export function createEditorOverlay({ onKey, ...look }: OverlayOptions): EditorOverlay {
  const listeners = new AbortController()
  const { signal } = listeners
  let wanted: HTMLElement | undefined
  let pressed = 0
  const refocus = () => wanted?.focus({ preventScroll: true })

  // A page that takes the focus back from whatever takes it does not hear that it has lost it.
  for (const name of ['blur', 'focusout'] as const) {
    addEventListener(name, event => event.relatedTarget === layer.host && event.stopImmediatePropagation(), {
      capture: true,
      signal,
    })
  }
  const onPressed = ({ target, timeStamp }: Event) => {
    if (target !== layer.host) pressed = timeStamp
  }
  addEventListener('pointerdown', onPressed, { capture: true, signal })
  // Before the layer comes, and before the preview's renderer, which would keep Tab for itself.
  keepEvents({
    host: () => layer.host,
    signal,
    targetOf,
    onEvent,
  })
  const layer = createLayer(look, {
    css: overlayStyles,
    mode: 'closed',
    findParent: createDialogFinder(),
    onPlace: refocus,
  })
  const shadow = layer.root.getRootNode() as ShadowRoot
  let raises = 0

  function onEvent(event: Event): void {
    if (event instanceof KeyboardEvent) {
      raises = 0
      if (event.type !== 'keydown') return
      if (event.key === 'Tab') pressed = event.timeStamp
      onKey(event)
    } else if (event.type === 'focusin') wanted = focused()
    else if (event instanceof FocusEvent && event.type === 'focusout') onFocusOut(event)
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
    const isByPointer = event instanceof MouseEvent && event.detail > 0
    return isByPointer ? shadow.elementFromPoint(event.clientX, event.clientY) : shadow.activeElement
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
      return element && within(element, x, y)
    },
    remove() {
      listeners.abort()
      observer.disconnect()
      layer.remove()
    },
  }
}

/** The innermost element there: what a component shows of its own is in its shadow. */
function within(element: Element, x: number, y: number): Element {
  const inner = element.shadowRoot?.elementFromPoint(x, y)
  return inner && inner !== element && element.shadowRoot?.contains(inner) ? within(inner, x, y) : element
}
