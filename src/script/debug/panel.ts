import { element } from '../../render/layer/element.ts'
import { createLayer, type LayerOptions } from '../../render/layer/layer.ts'
import { styles } from '../../render/layer/styles.ts'
import { keepOnTop } from './keep-on-top.ts'
import { panelStyles } from './panel-styles.ts'

export type Tone = 'problem' | 'warning' | 'event'

/** A small panel on the page, for whoever writes the config. */
export interface Panel {
  /** Adds a line, and under it what it is about. */
  add(tone: Tone, text: string, about?: unknown): void
}

export function createPanel(look: LayerOptions): Panel {
  const summary = element('summary', {})
  // Apart, so that what is wrong stays in view.
  const found = element('ol', { tabindex: 0, 'aria-label': 'What is wrong' })
  const happened = element('ol', { tabindex: 0, 'aria-label': 'What has happened' })
  const panel = element('details', { class: 'panel debug', open: true }, summary, found, happened)
  const counts: Record<Tone, number> = { problem: 0, warning: 0, event: 0 }
  const layer = createLayer(look, { css: styles + panelStyles })
  layer.root.append(element('section', { 'aria-label': 'Tourhook' }, panel))
  keepOnTop(layer.host)

  function summarise(): void {
    const { problem, warning } = counts
    const sums = [plural(problem, 'problem'), plural(warning, 'warning')].filter(Boolean)
    summary.textContent = `Tourhook: ${sums.join(', ') || 'no problems'}`
    panel.dataset.tone = problem > 0 ? 'problem' : warning > 0 ? 'warning' : 'event'
  }
  summarise()

  return {
    add(tone, text, about) {
      const line = element('li', { class: tone }, text)
      if (about !== undefined) line.append(element('pre', {}, JSON.stringify(about, null, 2) ?? ''))
      const lines = tone === 'event' ? happened : found
      lines.append(line)
      lines.scrollTop = lines.scrollHeight
      counts[tone] += 1
      summarise()
    },
  }
}

function plural(count: number, noun: string): string {
  return count === 0 ? '' : `${count} ${noun}${count === 1 ? '' : 's'}`
}
