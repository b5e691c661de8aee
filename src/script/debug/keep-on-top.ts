/**
 * Keeps a popover above those that open after it, such as a step and its overlay; returns the undo.
 *
 * The last one shown is on top: https://html.spec.whatwg.org/multipage/popover.html#show-popover
 */
export function keepOnTop(host: HTMLElement): () => void {
  const stop = new AbortController()
  function onToggle(event: Event): void {
    if (event.target === host || Reflect.get(event, 'newState') !== 'open' || !host.isConnected) return
    host.hidePopover()
    host.showPopover()
  }
  // `toggle` does not bubble.
  document.addEventListener('toggle', onToggle, { capture: true, signal: stop.signal })
  return () => stop.abort()
}
