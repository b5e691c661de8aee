import type { Json } from '../../../../values/json.ts'
import { type Difference, differencesOf } from '../../content/differences.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { wordDiff } from '../../ui/word-diff.ts'

/** The most places that are shown of one change. */
const mostShown = 40

/** What has changed from one content to another, place by place. */
export function changeView(before: Json | undefined, after: Json | undefined): Markup {
  if (before === undefined) return html`<p class="soft small">New: nobody sees it yet.</p>`
  if (after === undefined || after === null)
    return html`<p class="soft small">It will be taken off every page.</p>`
  return differencesView(differencesOf(before, after))
}

/** Places that have changed. */
export function differencesView(differences: readonly Difference[]): Markup {
  if (differences.length === 0) return html`<p class="soft small">No difference.</p>`
  return html`<dl class="diff">${differences.slice(0, mostShown).map(placeView)}</dl>${
    differences.length > mostShown
      ? html`<p class="soft small">and ${differences.length - mostShown} more</p>`
      : nothing
  }`
}

function placeView({ path, before, after }: Difference): Markup {
  return html`<div><dt>${path.length === 0 ? 'everything' : path.join(' › ')}</dt><dd>${
    typeof before === 'string' && typeof after === 'string'
      ? wordDiff(before, after)
      : html`${before === undefined ? nothing : html`<del>${textOf(before)}</del> `}${after === undefined ? nothing : html`<ins>${textOf(after)}</ins>`}`
  }</dd></div>`
}

function textOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}
