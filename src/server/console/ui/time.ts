import { html, type Markup } from './markup.ts'

/** When something was: `2 min ago`, with the exact time for whoever points at it. Times in milliseconds since 1970. */
export function ago(at: number, now: number): Markup {
  const iso = isoOf(at)
  return html`<time datetime="${iso}" title="${exactly(at)}">${distance(now - at)}</time>`
}

/** `Nov 23, 09:00:05 UTC`: the same for everybody who looks. */
export function exactly(at: number): string {
  const date = new Date(at)
  if (Number.isNaN(date.getTime())) return '–'
  return `${dayText(at)}, ${isoOf(at).slice(11, 19)} UTC`
}

// Made once: it costs more than all it writes on a page.
const days = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })

/** `Nov 23`. */
export function dayText(at: number): string {
  return days.format(at)
}

/** `240 ms`, `1.2 s`, `5 min`, `3 h`, `2 days`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`
  if (ms < 86_400_000 * 2) return `${Math.round(ms / 3_600_000)} h`
  return `${Math.round(ms / 86_400_000)} days`
}

function distance(ms: number): string {
  if (ms < 0) return `in ${duration(-ms)}`
  return ms < 5_000 ? 'just now' : `${duration(ms)} ago`
}

function isoOf(at: number): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? '' : date.toISOString()
}
