import { jsonView } from '../ui/json-view.ts'
import { html, type Markup, nothing } from '../ui/markup.ts'
import { type SampleOptions, sampleRequest } from './message-sample.ts'
import type { SampleRequest } from './sample-request.ts'

/** The id of the element that a script fills again while one types. */
export const previewId = 'message'

/** The exact message, beside the form that makes it. */
export function messagePreview(options: SampleOptions | undefined): Markup {
  return html`<section class="card" aria-labelledby="${previewId}-title"><header><h2 id="${previewId}-title">The message</h2><p>with example values</p></header><div id="${previewId}" class="stack" aria-live="off">${previewParts(options)}</div></section>`
}

/** What stands in the preview; also by itself, for the script. */
export function previewParts(options: SampleOptions | undefined): Markup {
  return options
    ? requestView(sampleRequest(options))
    : html`<p class="soft">Pick a webhook to see what it is sent.</p>`
}

/** A request as one reads it: method, origin, parameters, body. */
export function requestView({ method, address, body }: SampleRequest): Markup {
  const shown = address ? new URL(address) : undefined
  return html`<p class="mono"><b>${method}</b> ${shown ? shown.origin : 'the webhook’s address'}</p>${
    shown && shown.search.length > 1 ? jsonView(Object.fromEntries(shown.searchParams)) : nothing
  }${body === undefined ? nothing : jsonView(body)}`
}
