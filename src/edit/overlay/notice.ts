import { element } from '../../render/layer/element.ts'
import { onPress } from '../../render/layer/press.ts'
import { createEditorOverlay, type OverlayOptions } from './editor-overlay.ts'

export type NoticeOptions = Omit<OverlayOptions, 'onKey' | 'onPointer'>

/** Says on the page why there is no editor, until the author closes it. */
export function showNotice(message: string, options: NoticeOptions): void {
  const overlay = createEditorOverlay({
    ...options,
    onKey: ({ key }) => key === 'Escape' && overlay.remove(),
  })
  const close = element('button', { type: 'button', class: 'slim' }, 'Close')
  onPress(close, overlay.remove)
  const words = element('p', { role: 'alert' }, message)
  overlay.root.append(
    element('section', { class: 'bar notice', 'aria-label': 'Tourhook editor' }, words, close),
  )
  overlay.focus(close)
}
