import type { Checklist, ChecklistItem } from '../../widgets/checklist.ts'
import { arrange } from '../layer/arrange.ts'
import { element } from '../layer/element.ts'
import { keepEvents } from '../layer/keep-events.ts'
import { createLayer, type DrawOptions } from '../layer/layer.ts'
import { onPress } from '../layer/press.ts'
import { styles } from '../layer/styles.ts'
import { type Labels, labelsOf, progressText } from '../text/labels.ts'

/** Draws a checklist in a corner of the page until it is dismissed; returns the undo. */
export function drawChecklist(checklist: Checklist, { labels, ...look }: DrawOptions = {}): () => void {
  if (checklist.isDismissed) return () => {}
  const words = labelsOf(labels)
  const items = checklist.items.map(item => drawItem(item, checklist, words))
  const bar = element('progress', { 'aria-label': checklist.title })
  const count = element('span', {})
  const close = element('button', { type: 'button', class: 'close', 'aria-label': words.close }, '×')
  onPress(close, checklist.dismiss)

  const removed = new AbortController()
  const layer = createLayer(look, { css: styles })
  keepEvents({ host: () => layer.host, signal: removed.signal })
  layer.root.append(
    element(
      'section',
      { class: 'panel card', 'aria-label': checklist.title },
      element('h2', {}, checklist.title),
      close,
      element('div', { class: 'done' }, bar, count),
      element('ul', { class: 'items' }, ...items.map(({ drawn }) => drawn)),
    ),
  )
  for (const panel of layer.root.children) new ResizeObserver(arrange).observe(panel)
  const stopListening = checklist.onChange(refresh)
  refresh()
  return undo

  function refresh(): void {
    const { completed, total } = checklist.progress
    bar.max = total
    bar.value = completed
    count.textContent = progressText(words, completed, total)
    checklist.items.forEach(({ isCompleted }, index) => {
      items[index]?.mark(isCompleted)
    })
    if (checklist.isDismissed) undo()
  }

  function undo(): void {
    removed.abort()
    stopListening()
    layer.remove()
  }
}

/** A button, which starts the item's tour or, when it has none, completes the item. */
function drawItem({ id, title, tour }: ChecklistItem, checklist: Checklist, { completed }: Labels) {
  const button = element('button', { type: 'button' }, element('span', { class: 'tick' }), title)
  onPress(button, () => (tour === undefined ? checklist.complete(id) : checklist.start(id)))
  return {
    drawn: element('li', {}, button),
    mark(isCompleted: boolean) {
      button.classList.toggle('completed', isCompleted)
      if (isCompleted) button.setAttribute('aria-label', `${title}, ${completed}`)
    },
  }
}
