import type { Labels } from '../text/labels.ts'
import { element } from './element.ts'
import { styles } from './styles.ts'

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

/** A place above the page for what is drawn. */
export interface Layer {
  /** The element on the page that holds it all. */
  readonly host: HTMLElement
  /** What is drawn goes in here. */
  readonly root: HTMLElement
  remove(): void
}

/**
 * Puts a layer above the page, in a shadow root: neither does its style leak out, nor the page's in.
 *
 * It takes no room and no clicks. It is beside the body, so that an application that exchanges the body's content
 * leaves it alone, and in the browser's top layer, so that nothing of the page covers it.
 */
export function createLayer({ theme = 'auto', nonce }: LayerOptions, css = styles): Layer {
  const host = element('div', { class: 'tourhook' })
  const root = element('div', { class: 'layer', 'data-theme': theme })
  // A script in the head may run before there is a body.
  root.dir = getComputedStyle(document.body ?? document.documentElement).direction
  const shadow = host.attachShadow({ mode: 'open' })
  shadow.append(root)
  addStyles(shadow, css, nonce)

  document.documentElement.append(host)
  if ('showPopover' in host) {
    host.popover = 'manual'
    host.showPopover()
  }
  return { host, root, remove: () => host.remove() }
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

export interface DrawOptions extends LayerOptions {
  /** Words of your own, in place of those in the page's language. */
  labels?: Partial<Labels> | undefined
}
