import type { SampleMessage } from '../../../../schema/admin/sample-message.ts'
import { requestView } from '../../message/message-preview.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { card } from '../../ui/parts.ts'
import { shortened } from '../../ui/shortened.ts'
import { momentTitle } from '../tours/step-words.ts'
import { eventTitle } from '../webhooks/event-words.ts'

/** So many are shown, and so many characters after the first; the API has the others. */
const mostShown = 8
const mostText = 6_000

/** The exact messages that a content would send, the first unfolded. */
export function messageCards(
  samples: readonly SampleMessage[],
  {
    webhooks,
    nothingYet,
  }: { webhooks: readonly { id: string; name?: string | undefined }[]; nothingYet: Markup },
): Markup {
  if (samples.length === 0) return card({ title: 'The message', body: html`<p class="soft">${nothingYet}</p>` })
  const names = new Map(webhooks.map(({ id, name }) => [id, name || id]))
  const shown = fitting(samples)
  const more = samples.length - shown.length
  return card({
    title: samples.length === 1 ? 'The message' : 'The messages',
    lead: 'with example values',
    body: html`<div class="stack">${shown.map(
      (sample, index) =>
        html`<details${index === 0 ? html` open` : nothing}><summary>${causeOf(sample)}, to ${shortened(names.get(sample.webhook) ?? sample.webhook, 60)}</summary><div class="stack">${requestView(sample)}</div></details>`,
    )}${more > 0 ? html`<p class="hint">and ${more === 1 ? 'one more' : `${more} more`}</p>` : nothing}</div>`,
  })
}

/** Those that a page has room for; the first in any case. */
function fitting(samples: readonly SampleMessage[]): SampleMessage[] {
  let length = 0
  return samples.slice(0, mostShown).filter((sample, index) => {
    length += JSON.stringify(sample).length
    return index === 0 || length <= mostText
  })
}

/** What sends it: `Step “send”`, `When it is completed`, `Checklist completed`. */
function causeOf({ event, step, on }: SampleMessage): string {
  if (step !== undefined) return `Step “${shortened(step, 60)}”`
  if (on !== undefined) return momentTitle(on)
  const title = eventTitle(event)
  return `${title.slice(0, 1).toUpperCase()}${title.slice(1)}`
}
