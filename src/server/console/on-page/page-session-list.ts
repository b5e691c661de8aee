import { html, type Markup, nothing } from '../ui/markup.ts'
import { actionButton, badge } from '../ui/parts.ts'
import { ago } from '../ui/time.ts'
import type { PageSession } from './page-access.ts'

/** Who is at work on which page, each with a button that ends it; for owners. */
export function pageSessionList(
  sessions: readonly PageSession[],
  { root, now }: { root: string; now: number },
): Markup {
  return html`<section class="card flush"><header><div><h2>On pages of the site</h2><p>Each may change one draft, for half an hour after its last use. It ends with the session that it came from.</p></div></header><ul class="rows">${sessions.map(
    ({ hash, person, origin, tour, createdAt, expiresAt }) =>
      html`<li class="row"><div><span class="main-line">${person.name}</span> ${badge('mute', person.role)}<div class="sub">on ${origin}, tour ${tour}, since ${ago(createdAt, now)}</div></div><div class="sub wide">ends ${ago(expiresAt, now)}</div><div class="end">${actionButton(
        {
          action: `${root}settings/people/end`,
          label: 'End',
          style: 'danger slim',
          name: `End ${person.name}’s work on ${origin}`,
          fields: html`<input type="hidden" name="session" value="${hash}">`,
        },
      )}</div></li>`,
  )}</ul>${sessions.length === 0 ? html`<p class="row soft">Nobody is at work on a page.</p>` : nothing}</section>`
}
