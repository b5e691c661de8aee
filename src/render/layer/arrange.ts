import { listOf } from '../../values/list-of.ts'

/** Between panels, and to the window's edges, in px. */
const gap = 12
const margin = 20
/** A panel with less room than this waits until there is more. */
const leastHeight = 140

type Edge = 'top' | 'bottom'

/**
 * Puts all that Tourhook has on the page beside one another: banners at the edges, which push the page, and panels
 * and slideouts in columns in a corner.
 *
 * Each layer has a shadow root of its own, and several Tourhooks may live on a page: what there is, the page knows.
 */
export function arrange(): void {
  const roots = listOf(document.querySelectorAll('.tourhook')).flatMap(({ shadowRoot }) => shadowRoot ?? [])
  const find = (selector: string) => roots.flatMap(root => listOf(root.querySelectorAll<HTMLElement>(selector)))

  const top = stackBanners(find('.banner.top'), 'top')
  const bottom = stackBanners(find('.banner.bottom'), 'bottom')
  const all = find('.panel:not(.debug)')
  const [step] = find('.dialog.modal, .dialog.pointer')
  // A step has the visitor's attention: what lies on it waits, and so does what has no room.
  const isFree = (panel: HTMLElement) => !step || !liesOn(panel, step)
  const panels = all.filter(isFree)
  for (const panel of all) panel.hidden = !panels.includes(panel)
  fillColumns([...find('.dialog.slideout'), ...panels], { top, bottom })
}

/** Stacks banners at an edge, and makes room for them there; their height in all. */
function stackBanners(banners: HTMLElement[], edge: Edge): number {
  let height = 0
  for (const banner of banners) {
    banner.style[edge] = `${height}px`
    height += banner.offsetHeight
  }
  makeRoom(edge, height)
  return height
}

/** Pushes the page; what it has fixed to that edge can use `--tourhook-banner-top` and `--tourhook-banner-bottom`. */
function makeRoom(edge: Edge, height: number): void {
  const root = document.documentElement
  const { style } = root
  const name = `--tourhook-banner-${edge}`
  const before = style.getPropertyValue(name)
  const room = height > 0 ? `${height}px` : ''
  if (before === room) return
  style.setProperty(name, room)
  // A margin that the page itself has set there stays.
  const push = `margin-${edge}`
  if (style.getPropertyValue(push) === before) style.setProperty(push, room)
  if (root.getAttribute('style') === '') root.removeAttribute('style')
}

/** Whether it is above: it has come later, or into the page's dialog. */
function liesOn(panel: HTMLElement, step: HTMLElement): boolean {
  const [own, other] = [hostOf(panel), hostOf(step)]
  return Boolean(own && other && other.compareDocumentPosition(own) & Node.DOCUMENT_POSITION_FOLLOWING)
}

function hostOf(drawn: HTMLElement): Element | undefined {
  const root = drawn.getRootNode()
  return root instanceof ShadowRoot ? root.host : undefined
}

/** From the corner upwards, and then beside; what has no room is hidden until it has. */
function fillColumns(panels: HTMLElement[], { top, bottom }: Record<Edge, number>): void {
  const height = innerHeight - top - bottom - 2 * margin
  let across = 0
  let up = 0
  for (const panel of panels) {
    panel.hidden = false
    panel.style.setProperty('--room', `${height}px`)
    const beside = across + panel.offsetWidth + gap
    const isTooHigh = up > 0 && panel.offsetHeight > height - up
    if (isTooHigh && beside + panel.offsetWidth + 2 * margin <= innerWidth) {
      across = beside
      up = 0
    }
    panel.style.setProperty('--across', `${across}px`)
    panel.style.setProperty('--up', `${up + bottom}px`)
    panel.style.setProperty('--room', `${height - up}px`)
    panel.hidden = height - up < leastHeight
    if (!panel.hidden) up += panel.offsetHeight + gap
  }
}
