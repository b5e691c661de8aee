import { element } from '../../render/layer/element.ts'
import type { LayerOptions } from '../../render/layer/layer.ts'
import { onPress } from '../../render/layer/press.ts'
import { createEditorOverlay } from './editor-overlay.ts'

/** Says on the page why there is no editor, until the author closes it. */
export function showNotice(message: string, look: LayerOptions): void {
  const overlay = createEditorOverlay({
    ...look,
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
