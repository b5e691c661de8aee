import { element } from '../../render/layer/element.ts'
import { onPress } from '../../render/layer/press.ts'
import type { EditorOverlay } from './editor-overlay.ts'

/** The editor, out of the way: the author gets the page to where a visitor would have it. */
export interface Aside {
  /** @param onBack what comes when the author is back. */
  step(onBack: () => void): void
  isOn(): boolean
  back(): void
}

export function createAside({ root, focus }: EditorOverlay, panel: HTMLElement): Aside {
  const pill = element('button', { type: 'button', class: 'pill' }, 'Back to the editor')
  let onReturn: (() => void) | undefined
  onPress(pill, back)

  function back(): void {
    const act = onReturn
    onReturn = undefined
    pill.remove()
    panel.hidden = false
    act?.()
  }

  return {
    isOn: () => onReturn !== undefined,
    back,
    step(onBack) {
      onReturn = onBack
      panel.hidden = true
      root.append(pill)
      focus(pill)
    },
  }
}
