import { textField } from './forms/form-fields.ts'
import type { IconName } from './icons.ts'
import { html, type Markup, nothing, queryOf } from './markup.ts'
import { emptyState, linkButton } from './parts.ts'

const longestSearch = 100

/** Which part of a list an address means. */
export interface ListQuery {
  /** What is looked for; empty for everything. */
  search: string
  /** How many come before it. */
  from: number
}

/** A part of a list. */
export interface ListPage<T> extends ListQuery {
  shown: readonly T[]
  /** How many one page has. */
  size: number
  /** How many match. */
  total: number
  /** Whether everything there is fits on one page, so that nobody has to look for anything. */
  isWhole: boolean
}

/** Reads a list's part of an address. Several lists of one page are told apart by the name of their place. */
export function readListQuery(query: Readonly<Record<string, string>>, place = 'from'): ListQuery {
  const from = Number(query[place])
  return {
    search: (query.search ?? '').trim().slice(0, longestSearch),
    from: Number.isSafeInteger(from) && from > 0 ? from : 0,
  }
}

/** The rows that are meant; they are looked for by what `textsOf` says of them, in whatever case. */
export function listPage<T>(
  items: readonly T[],
  { search, from }: ListQuery,
  textsOf: (item: T) => readonly string[] = () => [],
  size = 50,
): ListPage<T> {
  const wanted = search.toLowerCase()
  const found =
    wanted === ''
      ? items
      : items.filter(item => textsOf(item).some(text => text.toLowerCase().includes(wanted)))
  const first = from < found.length ? from : 0
  return {
    search,
    from: first,
    size,
    shown: found.slice(first, first + size),
    total: found.length,
    isWhole: items.length <= size,
  }
}

/** Above a long list: a field to look for a name. Nothing where all fits on a page. */
export function listSearch({ search, isWhole }: ListPage<unknown>, href: string): Markup {
  if (isWhole && search === '') return nothing
  return html`<form class="card filters" method="get" action="${href}" role="search" aria-label="Find">${textField({ name: 'search', label: 'Find by name or id', value: search })}<div class="buttons"><button class="button">Find</button>${
    search === '' ? nothing : html`<a class="button quiet" href="${href}">Clear</a>`
  }</div></form>`
}

/** Instead of a list in which nothing was found. */
export function nothingFound({ search }: ListQuery, picture: IconName): Markup {
  return emptyState({ picture, title: 'Nothing here', text: `No name or id has “${search}” in it.` })
}

/** Below a list: which part this is, and the ways to the others. Nothing where all fits on a page. */
export function listPager(
  { search, from, shown, size, total }: ListPage<unknown>,
  href: string,
  place = 'from',
): Markup {
  if (total <= shown.length) return nothing
  const at = (from: number) => `${href}${queryOf({ search, [place]: from || undefined })}`
  const [before, after] = [Math.max(0, from - size), from + size]
  return html`<nav class="pager" aria-label="Parts of the list"><span class="soft small">${from + 1} to ${from + shown.length} of ${total.toLocaleString('en')}</span>${
    from > 0 ? linkButton({ href: at(before), label: 'Before', style: 'slim' }) : nothing
  }${after < total ? linkButton({ href: at(after), label: 'More', style: 'slim' }) : nothing}</nav>`
}
