import { addressOf } from '../../../../message/body.ts'
import type { AuditRecord } from '../../../stores/console-store.ts'
import type { Delivery } from '../../../stores/store.ts'
import type { WebhookSummary } from '../../../webhooks/webhook-summary.ts'
import { mask } from '../../../webhooks/written-forms.ts'
import { answerView, jsonView } from '../../ui/json-view.ts'
import { html, type Markup, nothing, queryOf, segment } from '../../ui/markup.ts'
import { card, factList } from '../../ui/parts.ts'
import { ago, exactly } from '../../ui/time.ts'
import { auditRows } from '../audit-rows.ts'
import { attemptSentence, attemptTone } from './attempt-words.ts'

/** One delivery: the message, and each attempt in words. */
export function deliveryDetail(
  delivery: Delivery,
  {
    webhook,
    history,
    root,
    now,
  }: { webhook: WebhookSummary | undefined; history: readonly AuditRecord[]; root: string; now: number },
): Markup {
  const { id, message, content, createdAt, attempts, state, dueAt, reason } = delivery
  return html`<div class="split"><div class="stack">
${card({
  title: 'Attempts',
  body: html`<ol class="attempts">${attempts.map(
    attempt =>
      html`<li data-tone="${attemptTone(attempt)}"><p>${attemptSentence(attempt)}</p><p class="soft small">${exactly(attempt.at)}</p>${
        attempt.answer
          ? html`<details><summary>What it answered</summary>${answerView(attempt.answer)}</details>`
          : nothing
      }</li>`,
  )}${
    state === 'pending'
      ? html`<li data-tone="wait"><p>${reason ?? (attempts.length === 0 ? 'It is sent in a moment.' : html`The next attempt is ${ago(dueAt, now)}.`)}</p></li>`
      : state === 'failed'
        ? html`<li data-tone="bad"><p>${reason ?? 'No further attempt will be made.'}</p></li>`
        : nothing
  }</ol>`,
})}
${history.length > 0 ? html`<section class="card flush"><header><div><h2>Who acted on it</h2></div></header>${auditRows(history, now)}</section>` : nothing}
${card({
  title: 'Facts',
  body: factList([
    [
      'Webhook',
      webhook
        ? html`<a href="${root}webhooks/${segment(webhook.id)}">${webhook.name || webhook.id}</a>`
        : html`${delivery.webhook} <span class="soft">(removed)</span>`,
    ],
    ['Sent to', webhook && html`<code>${webhook.endpoint}</code>`],
    ['Message id', html`<code>${id}</code>`],
    [
      'User',
      message.userId === null
        ? 'a visitor without an id'
        : message.userId.includes(mask)
          ? message.userId
          : html`<a href="${root}users${queryOf({ id: message.userId })}">${message.userId}</a>`,
    ],
    ['Queued', html`${exactly(createdAt)} (${ago(createdAt, now)})`],
    ['Happened', message.timestamp],
  ]),
})}</div>
<div class="stack">${card({
    title: 'The message',
    body: html`<div class="stack">${webhook?.method === 'GET' ? parametersOf(webhook, delivery) : jsonView(content ?? (webhook?.body === 'data' ? message.data : message))}${
      content === undefined
        ? nothing
        : html`<details><summary>What the template was filled from</summary>${jsonView(message)}</details>`
    }</div>`,
  })}
${card({
  title: 'Headers',
  body: factList([
    ['content-type', webhook?.method === 'GET' ? undefined : html`<code>application/json</code>`],
    ['webhook-id', html`<code>${id}</code>`],
    ['webhook-signature', webhook?.signed ? html`<code>v1,…</code>` : undefined],
    ...(webhook?.headerNames ?? []).map((name): [string, Markup] => [
      name,
      html`<span class="soft">hidden</span>`,
    ]),
  ]),
})}</div></div>`
}

function parametersOf({ method, body }: WebhookSummary, { message, content }: Delivery): Markup {
  const address = addressOf(
    { url: 'https://x.invalid/', ...(method && { method }), ...(body && { body }) },
    message,
    content,
  )
  return jsonView(Object.fromEntries(new URL(address).searchParams))
}
