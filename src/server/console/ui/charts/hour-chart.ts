import type { HourCount } from '../../../stores/store.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { dayText } from '../time.ts'

const hourMs = 3_600_000
const width = 960
const floor = 96

/** The attempts of one hour, or of some, all webhooks together. */
export interface HourBar {
  /** When it begins, in milliseconds since 1970. */
  hour: number
  delivered: number
  failed: number
  retried: number
}

/** One bar for each hour, or for `each` so many, up to now; also where nothing was. */
export function barsOf(
  counts: readonly HourCount[],
  { now, hours, each = 1 }: { now: number; hours: number; each?: number },
): HourBar[] {
  const first = Math.floor(now / hourMs) * hourMs - (hours - 1) * hourMs
  const bars = Array.from({ length: Math.ceil(hours / each) }, (_, index) => {
    return { hour: first + index * each * hourMs, delivered: 0, failed: 0, retried: 0 }
  })
  for (const { hour, outcome, attempts } of counts) {
    const bar = hour < first ? undefined : bars[Math.floor((hour - first) / (each * hourMs))]
    if (bar) bar[outcome] += attempts
  }
  return bars
}

/**
 * Bars drawn by the server, each a link to its hour, and the same as a table.
 *
 * @param hrefOf where a bar leads; `isCurrent` says which one is being looked at, `each` how many hours are one bar
 */
export function hourChart(
  bars: readonly HourBar[],
  {
    hrefOf,
    isCurrent = () => false,
    each = 1,
  }: { hrefOf: (bar: HourBar) => string; isCurrent?: (bar: HourBar) => boolean; each?: number },
): Markup {
  const most = Math.max(1, ...bars.map(totalOf))
  const step = width / bars.length
  const every = each > 1 ? 24 / each : 6
  const nameOf = ({ hour }: HourBar) =>
    each > 1 ? `${dayText(hour)}, ${hourText(hour)} to ${hourText(hour + each * hourMs)}` : hourText(hour)
  return html`<figure class="stack"><div class="plot"><span class="most" aria-hidden="true">${most}</span><svg class="chart" viewBox="0 0 ${width} ${floor}" preserveAspectRatio="none" role="group" aria-label="Attempts by hour, ${summaryOf(bars)}">
<line class="grid" x1="0" x2="${width}" y1="${floor}" y2="${floor}"/><line class="grid" x1="0" x2="${width}" y1="0" y2="0"/>
${bars.map((bar, index) => barOf(bar, { x: index * step, step, most, href: hrefOf(bar), isCurrent: isCurrent(bar), name: nameOf(bar) }))}</svg>
<div class="hours${each > 1 ? ' days' : ''}" aria-hidden="true">${bars.filter((_, index) => index % every === 0).map(({ hour }) => html`<span>${each > 1 ? dayText(hour) : hourText(hour)}</span>`)}<span>now</span></div></div>
<figcaption class="legend"><span class="delivered"><i></i>delivered</span><span class="failed"><i></i>failed for good</span><span class="pending"><i></i>to be tried again</span><span>Times in UTC</span></figcaption>
<details><summary>The numbers as a table</summary><table class="numbers"><thead><tr><th scope="col">Hour</th><th scope="col">Delivered</th><th scope="col">Failed</th><th scope="col">To be tried again</th></tr></thead><tbody>${bars
    .filter(bar => totalOf(bar) > 0)
    .map(
      bar =>
        html`<tr><th scope="row">${dayText(bar.hour)}, ${hourText(bar.hour)}</th><td>${bar.delivered}</td><td>${bar.failed}</td><td>${bar.retried}</td></tr>`,
    )}</tbody></table></details></figure>`
}

function barOf(
  bar: HourBar,
  {
    x,
    step,
    most,
    href,
    isCurrent,
    name,
  }: { x: number; step: number; most: number; href: string; isCurrent: boolean; name: string },
): Markup {
  const hit = html`<rect class="hit" x="${round(x)}" y="0" width="${round(step)}" height="${floor}"/>`
  if (totalOf(bar) === 0 && !isCurrent) return html`<g aria-hidden="true">${hit}</g>`
  const gap = Math.min(6, step * 0.25)
  let y = floor
  const parts = (['delivered', 'failed', 'retried'] as const).flatMap(outcome => {
    if (bar[outcome] === 0) return []
    const size = Math.max((bar[outcome] / most) * floor, 1.5)
    y -= size
    const kind = outcome === 'retried' ? 'pending' : outcome
    return [
      html`<rect class="${kind}" x="${round(x + gap / 2)}" y="${round(y)}" width="${round(step - gap)}" height="${round(size)}"/>`,
    ]
  })
  const label = `${name}: ${bar.delivered} delivered, ${bar.failed} failed, ${bar.retried} to be tried again`
  return html`<a href="${href}" aria-label="${label}"${isCurrent ? html` aria-current="true"` : nothing}><title>${label}</title>${hit}${parts}</a>`
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

function round(value: number): number {
  return Math.round(value * 10) / 10
}
