import { type ContentItem, nameOfItem } from '../../content/content-item.ts'
import { type ConsoleConfig, documentKinds, itemsOf } from '../../content/published-config.ts'
import { checkField, hiddenField, textField } from '../../ui/forms/form-fields.ts'
import { type ListQuery, listPage, listPager } from '../../ui/list-pages.ts'
import { html, type Markup, nothing, segment } from '../../ui/markup.ts'
import { contentBadge } from '../content/content-state.ts'
import { changeViews } from './change-view.ts'

/** What isn't published yet, to be ticked: fifty at a time, and the others by one more tick. */
export function changesForm(
  changes: readonly ContentItem[],
  { root, mayPublish, query }: { root: string; mayPublish: boolean; query: ListQuery },
): Markup {
  const page = listPage(changes, query)
  const others = page.total - page.shown.length
  const views = changeViews(page.shown.map(({ published, draft }) => ({ before: published, after: draft })))
  return html`<form method="post" action="${root}publish" class="card stack"><div>${page.shown.map(
    (change, index) => {
      const { kind, id, state, by } = change
      return html`<div class="change"><div class="titled">${hiddenField('shown', `${kind}/${id}`)}${checkField({ name: 'item', value: `${kind}/${id}`, isChecked: true, isDisabled: !mayPublish, label: html`<b>${nameOfItem(change)}</b> <span class="soft small">${kind.slice(0, -1)}</span>` })}${contentBadge(state)}${by === undefined ? nothing : html`<span class="soft small">by ${by}</span>`}<a class="small" href="${root}${kind}/${segment(id)}">Open</a></div>${views[index]}</div>`
    },
  )}</div>${
    mayPublish
      ? html`${others > 0 ? checkField({ name: 'others', label: `And the ${others.toLocaleString('en')} that are not shown here` }) : nothing}${textField({ name: 'note', label: 'What is this version about?', isOptional: true })}<div class="buttons"><button class="button primary">Publish</button></div>`
      : nothing
  }</form>${listPager(page, `${root}publish`)}`
}

/** Where two versions differ, fifty contents at a time. */
export function versionChanges(
  before: ConsoleConfig,
  after: ConsoleConfig,
  { query, href, place }: { query: ListQuery; href: string; place: string },
): Markup {
  const changes = documentKinds.flatMap(kind => {
    const [old, fresh] = [
      new Map(itemsOf(before, kind).map(item => [item.id, item])),
      new Map(itemsOf(after, kind).map(item => [item.id, item])),
    ]
    return [...new Set([...fresh.keys(), ...old.keys()])].flatMap(id => {
      const [left, right] = [old.get(id), fresh.get(id)]
      return JSON.stringify(left) === JSON.stringify(right) ? [] : [{ kind, id, left, right }]
    })
  })
  if (changes.length === 0) return html`<p class="soft">No difference.</p>`
  const page = listPage(changes, query)
  const views = changeViews(page.shown.map(({ left, right }) => ({ before: left, after: right })))
  return html`${page.shown.map(
    ({ kind, id, left, right }, index) =>
      html`<div class="change"><b>${nameOfItem({ id, draft: right ?? left ?? null, published: undefined })}</b> <span class="soft small">${kind.slice(0, -1)}</span>${
        left && right ? views[index] : html`<p class="soft small">${right ? 'Added.' : 'Taken away.'}</p>`
      }</div>`,
  )}${listPager(page, href, place)}`
}
