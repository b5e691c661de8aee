import { objectOf, textIn } from '../../content/draft-object.ts'
import { icon } from '../../ui/icons.ts'
import { html, type Markup, nothing, segment } from '../../ui/markup.ts'
import { shortened } from '../../ui/shortened.ts'
import { stepSummary, stepTitle, stepTypes, triggerTitle } from './step-words.ts'
import type { TourDraft } from './tour-draft.ts'

export interface TourFrameOptions {
  tour: TourDraft
  root: string
  isLocked: boolean
  /** Names of webhooks by their ids. */
  webhooks: ReadonlyMap<string, string>
  /** A warning beside a step, by its id. */
  marks: ReadonlyMap<string, Markup>
  /** Which part is open: `tour`, `steps/send`, `triggers/0` or `json`. */
  open: string
  middle: Markup
  aside: Markup
}

/** The editor: the tour's parts, the one that is open, and what it comes to. */
export function tourFrame({
  tour,
  root,
  isLocked,
  webhooks,
  marks,
  open,
  middle,
  aside,
}: TourFrameOptions): Markup {
  const here = `${root}tours/${segment(tour.id)}`
  const link = (path: string, title: string, text: string | Markup) =>
    html`<a href="${path === 'tour' ? here : `${here}/${path}`}"${path === open ? html` aria-current="page"` : nothing}><b>${title}</b><span>${text}</span></a>`
  return html`<div class="split three"><div class="stack">
<section class="card" aria-labelledby="parts-steps"><header><h2 id="parts-steps">Steps</h2></header>
${
  tour.steps.length === 0
    ? html`<p class="soft small">No steps yet. Another library may draw this tour; its triggers work all the same.</p>`
    : html`<ol class="step-list">${tour.steps.map(
        step =>
          html`<li>${link(`steps/${segment(textIn(step, 'id'))}`, stepTitle(step), marks.get(textIn(step, 'id')) ?? stepSummary(step, webhooks))}</li>`,
      )}</ol>`
}
${
  isLocked
    ? nothing
    : html`<form method="post" action="${here}/steps" class="add-part"><label class="hidden" for="new-type">Type of the new step</label><select id="new-type" name="type">${stepTypes.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}</select><button class="button slim">${icon('plus')}Add step</button></form>`
}</section>
<section class="card" aria-labelledby="parts-tour"><header><h2 id="parts-tour">The whole tour</h2></header><ul class="step-list plain"><li>${link('tour', 'Name and start', tour.start === undefined ? 'started by the site' : 'starts by itself')}</li>${tour.triggers.map(
    (trigger, index) =>
      html`<li>${link(`triggers/${index}`, triggerTitle(trigger), `to ${shortened(webhooks.get(textIn(objectOf(trigger.trigger), 'webhook')) ?? 'no webhook yet', 60)}`)}</li>`,
  )}<li>${link('json', 'JSON', 'everything, as text')}</li></ul>
${isLocked ? nothing : html`<form method="post" action="${here}/triggers" class="add-part"><button class="button slim">${icon('plus')}Add a tour trigger</button></form>`}</section>
</div><div class="stack">${middle}</div><aside class="stack">${aside}</aside></div>`
}

/** Buttons that move a step, or take it away. */
export function stepActions(tour: TourDraft, id: string, root: string): Markup {
  const index = tour.steps.findIndex(step => step.id === id)
  const here = `${root}tours/${segment(tour.id)}/steps/${segment(id)}`
  const move = (to: 'up' | 'down', isPossible: boolean) =>
    html`<form method="post" action="${here}/move"><input type="hidden" name="to" value="${to}"><button class="button slim"${isPossible ? nothing : html` disabled`}>${icon(to)}Move ${to}</button></form>`
  return html`<div class="buttons">${move('up', index > 0)}${move('down', index < tour.steps.length - 1)}<details class="confirm"><summary class="button slim danger">Remove…</summary><form method="post" action="${here}/remove"><button class="button slim danger">Remove this step</button></form></details></div>`
}
