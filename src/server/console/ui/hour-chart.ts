import type { HourCount } from '../../stores/store.ts'
import { html, type Markup, nothing } from './markup.ts'

const hourMs = 3_600_000
const width = 960
const height = 120
const floor = 96

/** The attempts of one hour, all webhooks together. */
export interface HourBar {
  hour: number
  delivered: number
  failed: number
  retried: number
}

/** One bar for each hour up to now, also where nothing was. */
export function barsOf(
  counts: readonly HourCount[],
  { now, hours }: { now: number; hours: number },
): HourBar[] {
  const last = Math.floor(now / hourMs) * hourMs
  const bars = new Map<number, HourBar>()
  for (let hour = last - (hours - 1) * hourMs; hour <= last; hour += hourMs) {
    bars.set(hour, { hour, delivered: 0, failed: 0, retried: 0 })
  }
  for (const { hour, outcome, attempts } of counts) {
    const bar = bars.get(hour)
    if (bar) bar[outcome] += attempts
  }
  return [...bars.values()]
}

/**
 * Bars drawn by the server, each a link to its hour, and the same as a table.
 *
 * @param hrefOf where an hour leads; `isCurrent` says which one is being looked at
 */
export function hourChart(
  bars: readonly HourBar[],
  {
    hrefOf,
    isCurrent = () => false,
  }: { hrefOf: (bar: HourBar) => string; isCurrent?: (bar: HourBar) => boolean },
): Markup {
  const most = Math.max(1, ...bars.map(totalOf))
  const step = width / bars.length
  const gap = Math.min(6, step * 0.25)
  const every = bars.length > 48 ? 24 : 6
  return html`<figure class="stack"><svg class="chart" viewBox="0 0 ${width} ${height}" role="group" aria-label="Attempts by hour, ${summaryOf(bars)}">
<line class="grid" x1="0" x2="${width}" y1="${floor}" y2="${floor}"/><line class="grid" x1="0" x2="${width}" y1="8" y2="8"/><text x="0" y="5" aria-hidden="true">${most}</text>
${bars.map((bar, index) => {
  const x = round(index * step)
  let y = floor
  const parts = (['delivered', 'failed', 'retried'] as const).flatMap(outcome => {
    const size = (bar[outcome] / most) * (floor - 8)
    if (size === 0) return []
    y -= Math.max(size, 1.5)
    const kind = outcome === 'retried' ? 'pending' : outcome
    return [
      html`<rect class="${kind}" x="${round(x + gap / 2)}" y="${round(y)}" width="${round(step - gap)}" height="${round(Math.max(size, 1.5))}" rx="1.5"/>`,
    ]
  })
  const label = `${hourText(bar.hour)}: ${bar.delivered} delivered, ${bar.failed} failed, ${bar.retried} to be tried again`
  const link = html`<a href="${hrefOf(bar)}" aria-label="${label}"${isCurrent(bar) ? html` aria-current="true"` : nothing}><title>${label}</title><rect class="hit" x="${x}" y="0" width="${round(step)}" height="${height - 4}"/>${parts}</a>`
  return totalOf(bar) > 0 || isCurrent(bar)
    ? link
    : html`<g aria-hidden="true"><rect class="hit" x="${x}" y="0" width="${round(step)}" height="${floor}"/></g>`
})}
${bars.map((bar, index) =>
  index % every === 0
    ? html`<text x="${round(index * step + 2)}" y="${height - 8}" aria-hidden="true">${bars.length > 48 ? dayText(bar.hour) : hourText(bar.hour)}</text>`
    : nothing,
)}</svg>
<figcaption class="legend"><span class="delivered"><i></i>delivered</span><span class="failed"><i></i>failed for good</span><span class="pending"><i></i>to be tried again</span><span>Times in UTC</span></figcaption>
<details><summary>The numbers as a table</summary><table class="numbers"><thead><tr><th scope="col">Hour</th><th scope="col">Delivered</th><th scope="col">Failed</th><th scope="col">To be tried again</th></tr></thead><tbody>${bars
    .filter(bar => totalOf(bar) > 0)
    .map(
      bar =>
        html`<tr><th scope="row">${dayText(bar.hour)}, ${hourText(bar.hour)}</th><td>${bar.delivered}</td><td>${bar.failed}</td><td>${bar.retried}</td></tr>`,
    )}</tbody></table></details></figure>`
}

/** All of them together. */
export function totalsOf(bars: readonly HourBar[]): Omit<HourBar, 'hour'> {
  const sum = (outcome: 'delivered' | 'failed' | 'retried') =>
    bars.reduce((total, bar) => total + bar[outcome], 0)
  return { delivered: sum('delivered'), failed: sum('failed'), retried: sum('retried') }
}

function summaryOf(bars: readonly HourBar[]): string {
  const { delivered, failed, retried } = totalsOf(bars)
  return `${delivered} delivered, ${failed} failed, ${retried} to be tried again`
}

function totalOf({ delivered, failed, retried }: HourBar): number {
  return delivered + failed + retried
}

function hourText(hour: number): string {
  return new Date(hour).toISOString().slice(11, 16)
}

function dayText(hour: number): string {
  return new Date(hour).toLocaleDateString('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
