import type { Banner } from '../../widgets/banner.ts'
import { arrange } from '../layer/arrange.ts'
import { element } from '../layer/element.ts'
import { keepEvents } from '../layer/keep-events.ts'
import { createLayer, type DrawOptions } from '../layer/layer.ts'
import { onPress } from '../layer/press.ts'
import { styles } from '../layer/styles.ts'
import { drawText } from '../text/inline-markdown.ts'
import { labelsOf } from '../text/labels.ts'

/**
 * Draws a banner at the page's edge until it is closed, and marks it as seen; returns the undo.
 *
 * It pushes the page by a margin of the root. What the page has fixed to that edge can use the custom properties
 * `--tourhook-banner-top` and `--tourhook-banner-bottom`, which hold the height.
 */
export function drawBanner(banner: Banner, { labels, ...look }: DrawOptions = {}): () => void {
  if (banner.isClosed) return () => {}
  const { close: label } = labelsOf(labels)
  const close = element('button', { type: 'button', class: 'close', 'aria-label': label }, '×')
  onPress(close, banner.close)

  const removed = new AbortController()
  const layer = createLayer(look, { css: styles })
  keepEvents({ host: () => layer.host, signal: removed.signal })
  const section = element(
    'section',
    { class: `banner ${banner.position}`, 'aria-label': banner.name },
    element('div', { class: 'content' }, drawText(banner.template, { lookup: banner.lookUp })),
    close,
  )
  layer.root.append(section)
  new ResizeObserver(arrange).observe(section)
  const stopListening = banner.onChange(() => banner.isClosed && undo())
  banner.see()
  return undo

  function undo(): void {
    removed.abort()
    stopListening()
    layer.remove()
  }
}
