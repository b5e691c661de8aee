import { listOf } from '../../values/list-of.ts'

/**
 * Finds where a layer belongs: within the modal dialog that the page has opened last, or what fills the screen, since
 * all outside of it is inert, or else beside the body.
 */
export function createDialogFinder(): () => Element {
  /** In the order in which they were opened. */
  let dialogs: Element[] = []
  // Safari before 15.6 can't tell which are modal.
  const selector = CSS.supports('selector(:modal)') ? 'dialog:modal' : 'dialog[open]'

  return () => {
    const modal = listOf(document.querySelectorAll(selector))
    const before = dialogs.filter(dialog => modal.includes(dialog))
    dialogs = [...before, ...modal.filter(dialog => !before.includes(dialog))]
    return dialogs[dialogs.length - 1] ?? fullscreenParent() ?? document.documentElement
  }
}

/** What fills the screen, unless it shows nothing that is put into it. */
function fullscreenParent(): Element | undefined {
  const { fullscreenElement } = document
  return fullscreenElement && !fullscreenElement.matches('video, canvas, iframe, img, object, embed')
    ? fullscreenElement
    : undefined
}
