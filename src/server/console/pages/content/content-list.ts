import { type ContentItem, nameOfItem } from '../../content/content-item.ts'
import { html, type Markup, segment } from '../../ui/markup.ts'
import { ago } from '../../ui/time.ts'
import { contentBadge } from './content-state.ts'

/** Contents of one kind as rows. */
export function contentRows(
  items: readonly ContentItem[],
  { root, now, describe }: { root: string; now: number; describe: (item: ContentItem) => string | Markup },
): Markup {
  return html`<div class="card flush"><ul class="rows">${items.map(item => {
    const { kind, id, state, by, at } = item
    return html`<li class="row"><div><a class="whole main-line" href="${root}${kind}/${segment(id)}">${nameOfItem(item)}</a><div class="sub mono">${id}</div></div><div class="sub wide">${describe(item)}</div><div class="end">${contentBadge(state)}${
      by !== undefined && at !== undefined && state !== 'live'
        ? html`<div class="sub">${by}, ${ago(at, now)}</div>`
        : ''
    }</div></li>`
  })}</ul></div>`
}
