/**
 * Keeps an element of the browser's top layer within the modal dialog that the page has open, and beside the body
 * while there is none: all outside such a dialog is inert. Returns the undo.
 *
 * @param onMove The element has been moved; what was within it has lost the focus.
 */
export function stayAboveDialogs(popover: HTMLElement, onMove: () => void): () => void {
  /** In the order in which they were opened. */
  let dialogs: Element[] = []

  function look(): void {
    const modal = [...document.querySelectorAll('dialog:modal')]
    dialogs = [...new Set([...dialogs.filter(dialog => modal.includes(dialog)), ...modal])]
    const place = dialogs.at(-1) ?? document.documentElement
    if (popover.parentElement === place) return
    place.append(popover)
    // Moving it took it out of the top layer.
    popover.showPopover()
    onMove()
  }

  const observer = new MutationObserver(look)
  // Not the dialog's events: one that is removed has none, and many browsers do not tell of one that opens.
  if (popover.popover) {
    observer.observe(document, { subtree: true, childList: true, attributeFilter: ['open'] })
    look()
  }
  return () => observer.disconnect()
}
