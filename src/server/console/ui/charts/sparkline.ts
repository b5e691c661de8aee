import { html, type Markup } from '../markup.ts'
import { type HourBar, totalsOf } from './hour-chart.ts'

const height = 24
const barWidth = 4
const step = 5

/** The last hours in the size of a word: one path for each outcome, and a sentence for whoever doesn't see it. */
export function sparkline(bars: readonly HourBar[]): Markup {
  const { delivered, failed, retried } = totalsOf(bars)
  const width = bars.length * step
  if (delivered + failed + retried === 0) return html`<span class="sub">nothing in 24 h</span>`
  const words = [`${delivered} delivered`, `${failed} failed`, `${retried} to be tried again`]
  const label = `The last ${bars.length} hours: ${words.join(', ')}`
  const most = Math.max(...bars.map(totalOf))
  return html`<svg class="chart spark" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}"><title>${label}</title><path class="grid" d="M0 ${height - 0.5}h${width}"/>${(
    ['delivered', 'failed', 'retried'] as const
  ).map(outcome => {
    const path = pathOf(bars, outcome, most)
    return path === '' ? '' : html`<path class="${outcome === 'retried' ? 'pending' : outcome}" d="${path}"/>`
  })}</svg>`
}

function pathOf(bars: readonly HourBar[], outcome: 'delivered' | 'failed' | 'retried', most: number): string {
  return bars
    .map((bar, index) => {
      const size = sizeOf(bar[outcome], most)
      const below = outcome === 'delivered' ? 0 : sizeOf(bar.delivered, most)
      const under = outcome === 'retried' ? below + sizeOf(bar.failed, most) : below
      return size === 0 ? '' : `M${index * step} ${height - under}v-${size}h${barWidth}v${size}z`
    })
    .join('')
}

/** Whole pixels; what happened once among thousands is seen, too. */
function sizeOf(attempts: number, most: number): number {
  return attempts === 0 ? 0 : Math.max(2, Math.round((attempts / most) * (height - 4)))
}

function totalOf({ delivered, failed, retried }: HourBar): number {
  return delivered + failed + retried
}
