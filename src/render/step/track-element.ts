export interface TrackListeners {
  onMove(): void
  /** It is no longer on the page. */
  onGone(): void
}

/** Follows an element wherever the page moves it; returns the undo. */
export function trackElement(target: Element, { onMove, onGone }: TrackListeners): () => void {
  const listeners = new AbortController()
  const { signal } = listeners
  let last: DOMRect | undefined

  function look(): void {
    if (target.getClientRects().length === 0) {
      listeners.abort()
      onGone()
      return
    }
    const place = target.getBoundingClientRect()
    const { x, y, width, height } = place
    if (last?.x === x && last.y === y && last.width === width && last.height === height) return
    last = place
    onMove()
  }

  // No observer tells of every cause: an animation, a font that comes late, an image above.
  function lookEachFrame(): void {
    if (signal.aborted) return
    look()
    requestAnimationFrame(lookEachFrame)
  }

  // Before the frame's own callbacks, so that what follows is not a frame late.
  addEventListener('scroll', look, { capture: true, passive: true, signal })
  lookEachFrame()
  return () => listeners.abort()
}

/** Brings an element into view, out of a box that clips it, too; one that is visible stays where it is. */
export function scrollToElement(target: Element): void {
  const { top, bottom, left, right } = target.getBoundingClientRect()
  target.scrollIntoView({
    block: alignment(top, bottom, innerHeight),
    inline: alignment(left, right, innerWidth),
    behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth',
  })
}

/** With room around it, where it has to move and fits. */
function alignment(start: number, end: number, room: number): ScrollLogicalPosition {
  if (start >= 0 && end <= room) return 'nearest'
  return end - start > room ? 'start' : 'center'
}
