import type { Labels } from '../text/labels.ts'
import { arrange } from './arrange.ts'
import { element } from './element.ts'
import { hostStyles } from './host-styles.ts'
import { whenPageSettled } from './page-settled.ts'

/** How what the renderer draws looks. */
export interface LayerOptions {
  /**
   * The colours; "auto" follows the visitor's system.
   * @default 'auto'
   */
  theme?: 'light' | 'dark' | 'auto' | undefined
  /** The page's nonce for styles. Only browsers without constructable style sheets need it. */
  nonce?: string | undefined
}

export interface DrawOptions extends LayerOptions {
  /** Words of your own, in place of those in the page's language. */
  labels?: Partial<Labels> | undefined
}

/** A place above the page for what is drawn. */
export interface Layer {
  /** The element on the page that holds it all. */
  readonly host: HTMLElement
  /** What is drawn goes in here. */
  readonly root: HTMLElement
  /** Puts it above what has come into the browser's top layer since. */
  raise(): void
  remove(): void
}

export interface LayerPlace {
  /** The style of what is drawn. */
  css: string
  /**
   * Whether the page's scripts may look into it.
   * @default 'open'
   */
  mode?: ShadowRootMode | undefined
  /**
   * Where it belongs, asked for at each change of the page.
   * @default beside the body
   */
  findParent?: (() => Element | null) | undefined
  /** It has been put there, for the first time or anew: what was within it has lost the focus. */
  onPlace?: ((isFirst: boolean) => void) | undefined
}

/** A page that takes it away again and again wins: nobody gains by a war. */
const mostReturns = 20

/**
 * Puts a layer above the page, in a shadow root: neither does its style leak out, nor the page's in.
 *
 * It takes no room and no clicks. It is beside the body, so that an application that exchanges the body's content
 * leaves it alone, and in the browser's top layer, so that nothing of the page covers it. It comes when the page has
 * settled, and comes back when the page, rebuilt as a whole, has lost it.
 */
export function createLayer(
  { theme = 'auto', nonce }: LayerOptions,
  { css, mode = 'open', findParent = () => document.documentElement, onPlace }: LayerPlace,
): Layer {
  const host = element('div', { class: 'tourhook' })
  const root = element('div', { class: 'layer', 'data-theme': theme })
  const shadow = host.attachShadow({ mode })
  shadow.append(root)
  addStyles(shadow, hostStyles + css, nonce)

  const removed = new AbortController()
  let places = 0

  function place(): void {
    const parent = findParent()
    if (!parent || (host.isConnected && host.parentNode === parent)) return
    if (places > mostReturns && !host.isConnected) return
    root.dir = getComputedStyle(document.body ?? parent).direction
    parent.append(host)
    if ('showPopover' in host) {
      host.popover = 'manual'
      // Wherever it was put, moving it took it out of the top layer.
      host.showPopover()
    }
    onPlace?.(places++ === 0)
    arrange()
  }

  // Not a dialog's events: one that is removed has none, and many browsers fire none for one that opens.
  const observer = new MutationObserver(place)
  whenPageSettled(() => {
    addEventListener('resize', arrange, { signal: removed.signal })
    addEventListener('fullscreenchange', place, { signal: removed.signal })
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ['open'] })
    place()
  }, removed.signal)

  return {
    host,
    root,
    raise() {
      if (!host.isConnected || !('showPopover' in host)) return
      host.hidePopover()
      host.showPopover()
    },
    remove() {
      removed.abort()
      observer.disconnect()
      host.remove()
      arrange()
    },
  }
}

function addStyles(shadow: ShadowRoot, css: string, nonce: string | undefined): void {
  try {
    // A constructed style sheet is no inline style: the strictest policy lets it pass.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    shadow.adoptedStyleSheets = [sheet]
  } catch {
    // Safari before 16.4 has none.
    shadow.prepend(element('style', { nonce }, css))
  }
}
