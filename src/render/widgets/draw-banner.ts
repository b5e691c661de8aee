import type { Banner } from '../../widgets/banner.ts'
import { element } from '../layer/element.ts'
import { createLayer, type DrawOptions } from '../layer/layer.ts'
import { drawText } from '../text/inline-markdown.ts'
import { labelsOf } from '../text/labels.ts'

/** Draws a banner over the page's edge until it is closed, and marks it as seen; returns the undo. */
export function drawBanner(banner: Banner, { labels, ...look }: DrawOptions = {}): () => void {
  if (banner.isClosed) return () => {}
  const { close: label } = labelsOf(labels)
  const close = element('button', { type: 'button', class: 'close', 'aria-label': label }, '×')
  close.addEventListener('click', banner.close)

  const layer = createLayer(look)
  layer.root.append(
    element(
      'section',
      { class: `banner ${banner.position}`, 'aria-label': banner.name },
      element('div', { class: 'content' }, drawText(banner.content)),
      close,
    ),
  )
  const stopListening = banner.onChange(() => banner.isClosed && undo())
  banner.see()
  return undo

  function undo(): void {
    stopListening()
    layer.remove()
  }
}
