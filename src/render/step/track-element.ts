import { boxOf, isLaidOut } from '../layer/page-element.ts'

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

  function check(): void {
    if (!isLaidOut(target)) {
      listeners.abort()
      onGone()
      return
    }
    const box = boxOf(target)
    const { x, y, width, height } = box
    if (last?.x === x && last.y === y && last.width === width && last.height === height) return
    last = box
    onMove()
  }

  // No observer reports every cause: an animation, a font that comes late, an image above.
  function checkEachFrame(): void {
    if (signal.aborted) return
    check()
    requestAnimationFrame(checkEachFrame)
  }

  // Before the frame's own callbacks, so that what follows is not a frame late.
  addEventListener('scroll', check, { capture: true, passive: true, signal })
  checkEachFrame()
  return () => listeners.abort()
}

/** Brings an element into view, out of a box that clips it, too; one that is visible stays where it is. */
export function scrollToElement(target: Element): void {
  const { top, bottom, left, right } = boxOf(target)
  document.documentElement.scrollIntoView.call(target, {
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
