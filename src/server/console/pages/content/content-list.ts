import { type ContentItem, nameOfItem } from '../../content/content-item.ts'
import type { IconName } from '../../ui/icons.ts'
import { type ListQuery, listPage, listPager, listSearch, nothingFound } from '../../ui/list-pages.ts'
import { html, type Markup, segment } from '../../ui/markup.ts'
import { ago } from '../../ui/time.ts'
import { contentBadge } from './content-state.ts'

/** Contents of one kind, fifty at a time, as rows. */
export async function contentList(
  items: readonly ContentItem[],
  {
    query,
    href,
    picture,
    ...rows
  }: {
    query: ListQuery
    /** Where the list is. */
    href: string
    picture: IconName
    root: string
    now: number
    describe: (item: ContentItem) => string | Markup | Promise<string | Markup>
  },
): Promise<Markup> {
  const page = listPage(items, query, item => [nameOfItem(item), item.id])
  const described = new Map<ContentItem, string | Markup>()
  for (const item of page.shown) described.set(item, await rows.describe(item))
  const body =
    page.total > 0
      ? contentRows(page.shown, { ...rows, describe: item => described.get(item) ?? '' })
      : nothingFound(page, picture)
  return html`<div class="stack">${listSearch(page, href)}${body}${listPager(page, href)}</div>`
}

function contentRows(
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
