import type { AuditRecord } from '../../../stores/console-store.ts'
import type { Attempt, Delivery } from '../../../stores/store.ts'
import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import type { WebhookUse } from '../../services/webhook-usage.ts'
import { answerView } from '../../ui/json-view.ts'
import { html, type Markup, nothing, queryOf, segment } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { actionButton, card, confirmed, factList, linkButton } from '../../ui/parts.ts'
import { auditRows } from '../audit-rows.ts'
import { attemptSentence, attemptTone } from '../deliveries/attempt-words.ts'
import { deliveryRows } from '../deliveries/delivery-rows.ts'
import { eventTitle } from './event-words.ts'
import { sentBy } from './sent-by.ts'

/** So many places that send it are named. */
const mostUses = 30

export interface WebhookDetailOptions {
  webhook: WebhookSummary
  uses: readonly WebhookUse[]
  deliveries: readonly Delivery[]
  history: readonly AuditRecord[]
  root: string
  now: number
  isOwner: boolean
  isAuthor: boolean
  /** Shown once, right after it was made. */
  secret?: string | undefined
  tested?: { attempt: Attempt; request: Markup } | undefined
}

/** One webhook: how it is, what it got, and what can be done. */
export function webhookDetail(options: WebhookDetailOptions): Markup {
  const { webhook, uses, deliveries, history, root, now, secret, tested } = options
  const here = `${root}webhooks/${segment(webhook.id)}`
  return html`<div class="stack">
${secret === undefined ? nothing : secretShown(secret)}
${tested === undefined ? nothing : testResult(tested)}
${webhook.disabled ? disabledNote(webhook) : nothing}
<div class="split">
<div class="stack">
<section class="card flush"><header><div><h2>Latest deliveries</h2></div>${linkButton({ href: `${root}deliveries${queryOf({ webhook: webhook.id })}`, label: 'All of them', style: 'slim' })}</header>${
    deliveries.length === 0
      ? html`<p class="row soft">Nothing was sent yet. Send a test to see that it arrives.</p>`
      : deliveryRows(deliveries, { root, now, names: new Map([[webhook.id, webhook.name || webhook.id]]) })
  }</section>
${recoverCard(options, here)}
<section class="card flush"><header><div><h2>History</h2></div></header>${auditRows(history, now)}</section>
</div>
<div class="stack">
${card({
  title: 'Settings',
  body: factList([
    ['Id', html`<code>${webhook.id}</code>`],
    ['Goes to', html`<code>${webhook.endpoint}</code>`],
    ['Method', webhook.method ?? 'POST'],
    [
      'Transport',
      webhook.transport === undefined || webhook.transport === 'relay'
        ? 'through the companion'
        : 'straight from the browser',
    ],
    ['Sent by', sentBy(webhook, uses)],
    ['Events', webhook.events?.length ? webhook.events.map(eventTitle).join(', ') : undefined],
    ['Only for', webhook.contents?.join(', ')],
    ['Headers', webhook.headerNames.length > 0 ? webhook.headerNames.join(', ') : undefined],
    ['Signed', webhook.signed ? 'yes, by Standard Webhooks' : 'no'],
  ]),
})}
${uses.length > 0 ? card({ title: 'Tours that send it', body: html`<ul class="checks">${uses.slice(0, mostUses).map(({ name, where, path }) => html`<li><a href="${root}${path}">${name}</a> <span class="soft">${where}</span></li>`)}</ul>${uses.length > mostUses ? html`<p class="hint">and ${uses.length - mostUses} more</p>` : nothing}` }) : nothing}
${options.isOwner ? secretCard(webhook, here) : nothing}
${options.isOwner && webhook.source === 'runtime' ? removeCard(uses, here) : nothing}
</div></div></div>`
}

function secretShown(secret: string): Markup {
  return card({
    title: 'The secret',
    lead: 'It is shown now and never again. Give it to whoever runs the endpoint.',
    body: html`<div class="stack"><pre class="json" tabindex="0" id="secret">${secret}</pre><div class="buttons"><button class="button" type="button" data-copy="secret" hidden>Copy</button></div>
<details><summary>How the endpoint checks a message</summary><pre class="json" tabindex="0">import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.TOURHOOK_SECRET)
// Throws when it isn't ours, or older than five minutes.
const message = webhook.verify(rawBody, request.headers)</pre></details></div>`,
  })
}

function testResult({ attempt, request }: { attempt: Attempt; request: Markup }): Markup {
  return card({
    title: 'The test',
    body: html`<div class="stack">${noteBar({ tone: attemptTone(attempt), text: attemptSentence(attempt) })}<div class="cards"><div class="stack"><h3>It was sent</h3>${request}</div><div class="stack"><h3>It answered</h3>${
      attempt.answer
        ? answerView(attempt.answer)
        : html`<p class="soft">${attempt.status === undefined ? 'Nothing.' : 'No text.'}</p>`
    }</div></div></div>`,
  })
}

function disabledNote({ disabled }: WebhookSummary): Markup {
  const words = {
    gone: 'The endpoint answered 410: it is gone for good.',
    failing: 'The endpoint has only failed for five days.',
    manual: 'Somebody has disabled it.',
  }
  return noteBar({
    tone: 'bad',
    text: html`<p><b>Nothing is sent to it.</b> ${words[disabled?.reason ?? 'manual']} What comes waits until it is enabled again.</p>`,
  })
}

function recoverCard({ webhook, isOwner, now }: WebhookDetailOptions, here: string): Markup {
  if (!isOwner) return nothing
  const dayAgo = new Date(now - 86_400_000).toISOString().slice(0, 16)
  return card({
    title: 'Recover',
    lead: 'Sends everything again that failed since a time. A receiver knows a repeat by its id.',
    body: html`<form method="post" action="${here}/recover" class="filters"><div class="field"><label for="f-since">Failed since (UTC)</label><input id="f-since" type="datetime-local" name="since" value="${dayAgo}" required></div><div class="buttons"><button class="button">Recover failed</button></div></form>${
      webhook.failingSince === undefined
        ? nothing
        : html`<p class="hint">It has been failing since ${new Date(webhook.failingSince).toISOString().slice(0, 16).replace('T', ', ')}.</p>`
    }`,
  })
}

function secretCard(webhook: WebhookSummary, here: string): Markup {
  return card({
    title: 'Secret',
    body: html`<div class="stack"><p class="soft small">${
      webhook.signed
        ? 'A new secret signs from now on; for 24 hours the present one signs as well, so that the endpoint can change over.'
        : 'Its messages are not signed yet.'
    }</p>${actionButton({ action: `${here}/rotate`, label: webhook.signed ? 'Rotate the secret' : 'Make a secret' })}</div>`,
  })
}

function removeCard(uses: readonly WebhookUse[], here: string): Markup {
  const live = uses.filter(({ isPublished }) => isPublished)
  return card({
    title: 'Remove',
    style: 'danger',
    body:
      live.length > 0
        ? html`<p class="soft">It can’t be removed while published tours send it: ${[...new Set(live.map(({ name }) => name))].slice(0, mostUses).join(', ')}.</p>`
        : confirmed({
            summary: 'Remove…',
            text: 'What is still queued for it will not be sent. Its log stays.',
            button: actionButton({ action: `${here}/remove`, label: 'Remove it', style: 'danger' }),
          }),
  })
}
