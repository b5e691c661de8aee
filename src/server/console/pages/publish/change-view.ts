import type { Json } from '../../../../values/json.ts'
import { type Difference, differencesOf } from '../../content/differences.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { shortened } from '../../ui/shortened.ts'
import { wordDiff } from '../../ui/word-diff.ts'

/** The most places that are shown of one change. */
const mostShown = 40

/** How much text of all changes of a page is shown word by word; of what comes after that, the places alone. */
const mostText = 8_000
const mostNamed = 5

/** What has changed of several contents, place by place. */
export function changeViews(
  changes: readonly { before: Json | undefined; after: Json | undefined }[],
): Markup[] {
  let text = 0
  return changes.map(({ before, after }, index) => {
    if (before === undefined) return html`<p class="soft small">New: nobody sees it yet.</p>`
    if (after === undefined || after === null)
      return html`<p class="soft small">It will be taken off every page.</p>`
    const differences = differencesOf(before, after)
    text += JSON.stringify(differences).length
    return index === 0 || text <= mostText ? differencesView(differences) : placesView(differences)
  })
}

/** Places that have changed. */
export function differencesView(differences: readonly Difference[]): Markup {
  if (differences.length === 0) return html`<p class="soft small">No difference.</p>`
  return html`<dl class="diff">${differences.slice(0, mostShown).map(placeView)}</dl>${moreThan(differences, mostShown)}`
}

/** Where something has changed, without what. */
function placesView(differences: readonly Difference[]): Markup {
  const names = differences.slice(0, mostNamed).map(({ path }) => shortened(placeOf(path), 60))
  return html`<p class="soft small">Changed: ${names.join(', ')}</p>${moreThan(differences, mostNamed)}`
}

function moreThan(differences: readonly Difference[], most: number): Markup {
  return differences.length > most
    ? html`<p class="soft small">and ${differences.length - most} more</p>`
    : nothing
}

function placeView({ path, before, after }: Difference): Markup {
  return html`<div><dt>${placeOf(path)}</dt><dd>${
    typeof before === 'string' && typeof after === 'string'
      ? wordDiff(before, after)
      : html`${before === undefined ? nothing : html`<del>${textOf(before)}</del> `}${after === undefined ? nothing : html`<ins>${textOf(after)}</ins>`}`
  }</dd></div>`
}

function placeOf(path: Difference['path']): string {
  return path.length === 0 ? 'everything' : path.join(' › ')
}

function textOf(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 600 ? `${text.slice(0, 600)}…` : text
}
