import { mostOfJob } from '../../../emitter/bulk/bulk-jobs.ts'
import type { BulkJob } from '../../../stores/bulk-job.ts'
import type { DeliveryFilter } from '../../../stores/log-query.ts'
import type { MatchCount } from '../../services/bulk-service.ts'
import { hiddenField } from '../../ui/forms/form-fields.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, badge, card, emptyState, factList, linkButton, type StateTone } from '../../ui/parts.ts'
import { ago, exactly } from '../../ui/time.ts'
import { eventTitle } from '../webhooks/event-words.ts'
import { logFieldsOf, logQueryOf } from './delivery-filters.ts'

const stateNames = { pending: 'Waiting', delivered: 'Delivered', failed: 'Failed' }

/** What is about to happen to how many, before it does. */
export function bulkQuestion(
  { kind, filter, count, isMore }: { kind: BulkJob['kind']; filter: DeliveryFilter } & MatchCount,
  { root, names }: { root: string; names: ReadonlyMap<string, string> },
): Markup {
  const back = linkButton({ href: `${root}deliveries${logQueryOf(filter)}`, label: 'Back', style: 'quiet' })
  if (count === 0) {
    const text =
      kind === 'cancel' ? 'Nothing that matches still waits.' : 'No delivery matches what you are looking at.'
    return emptyState({ picture: 'deliveries', title: 'Nothing to do', text, action: back })
  }
  const some = countOf(count)
  return card({
    title: isMore ? `More than ${countOf(mostOfJob)} match` : `${some} ${count === 1 ? 'matches' : 'match'}`,
    lead: isMore ? `The newest ${some} are taken now; the rest after that.` : '',
    body: html`<div class="stack">${factsOf(filter, names)}${
      kind === 'resend'
        ? html`<p>Each is sent again under its id, by which a receiver knows a repeat, from the start of the schedule. What is being tried at this moment is left alone.</p>`
        : html`<p>None of them will be sent; they count as failed, and can be sent again from there.</p>`
    }<div class="buttons">${actionButton({
      action: `${root}deliveries/bulk`,
      label: `${kind === 'resend' ? 'Resend' : 'Cancel'} ${some}`,
      style: kind === 'resend' ? 'primary' : 'danger',
      fields: html`${hiddenField('kind', kind)}${logFieldsOf(filter).map(([name, value]) => hiddenField(name, value))}`,
    })}${back}</div></div>`,
  })
}

/** How far a job is; renewed by a script while somebody looks. */
export function bulkProgress(job: BulkJob, { root, now }: { root: string; now: number }): Markup {
  const { id, kind, total, done, state, problem } = job
  const verb = kind === 'resend' ? 'queued again' : 'cancelled'
  const said = `${countOf(done)} of ${countOf(total)}`
  const left = total - done
  return html`<div class="stack"><div class="progress"><p><b>${said}</b> ${verb}</p><progress max="${total}" value="${state === 'done' ? total : done}" aria-label="${said} ${verb}"></progress></div>${
    state === 'running'
      ? html`<p class="soft small">It goes on when you leave this page, and when the companion restarts.</p><div class="buttons">${actionButton({ action: `${root}deliveries/jobs/${id}/stop`, label: 'Stop' })}</div><noscript><p><a href="${root}deliveries/jobs/${id}">Look how far it is</a></p></noscript>`
      : state === 'stopped'
        ? noteBar({
            tone: 'wait',
            text: html`Stopped ${job.endedAt === undefined ? nothing : ago(job.endedAt, now)}${problem === undefined ? nothing : html`: ${problem}`}. What was ${verb} stays so.`,
          })
        : noteBar({
            tone: 'good',
            text: html`Done${
              left > 0
                ? html`. ${countOf(left)} ${left === 1 ? 'was' : 'were'} left as they are: they no longer matched, or were being tried`
                : nothing
            }.`,
          })
  }</div>`
}

/** What a job was asked to do. */
export function bulkFacts(
  { filter, by, createdAt }: BulkJob,
  { names, now }: { names: ReadonlyMap<string, string>; now: number },
): Markup {
  return card({
    title: 'Which',
    lead: html`Begun by ${by.by} ${ago(createdAt, now)}`,
    body: factsOf(filter, names),
  })
}

/** Jobs as rows, each a link to its own page. */
export function bulkRows(jobs: readonly BulkJob[], { root, now }: { root: string; now: number }): Markup {
  return html`<ul class="rows">${jobs.map(job => {
    const { tone, text } = bulkWord(job)
    return html`<li class="row"><div><a class="whole main-line" href="${root}deliveries/jobs/${job.id}">${bulkTitle(job)}</a><div class="sub">by ${job.by.by}</div></div><div class="sub wide">${countOf(job.done)} of ${countOf(job.total)}</div><div class="end">${badge(tone, text)}<div class="sub">${ago(job.createdAt, now)}</div></div></li>`
  })}</ul>`
}

export function bulkTitle({ kind, total }: Pick<BulkJob, 'kind' | 'total'>): string {
  const some = total === 1 ? '1 delivery' : `${countOf(total)} deliveries`
  return kind === 'resend' ? `Resend ${some}` : `Cancel ${some}`
}

/** A job's state in a word. */
export function bulkWord({ state }: Pick<BulkJob, 'state'>): { tone: StateTone; text: string } {
  if (state === 'running') return { tone: 'info', text: 'under way' }
  return state === 'done' ? { tone: 'good', text: 'done' } : { tone: 'wait', text: 'stopped' }
}

function factsOf(filter: DeliveryFilter, names: ReadonlyMap<string, string>): Markup {
  const { webhook, state, event, userId, id, since, until } = filter
  return factList([
    ['Webhook', webhook === undefined ? 'any' : (names.get(webhook) ?? webhook)],
    ['State', state === undefined ? 'any' : stateNames[state]],
    ['Event', event && eventTitle(event)],
    ['User', userId],
    ['Message id', id && html`<code>${id}</code>`],
    ['From', since === undefined ? undefined : exactly(since)],
    ['Until', until === undefined ? undefined : exactly(until)],
  ])
}

function countOf(count: number): string {
  return count.toLocaleString('en')
}
