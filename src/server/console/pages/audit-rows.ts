import type { AuditRecord } from '../../stores/console-store.ts'
import { html, type Markup, when } from '../ui/markup.ts'
import { ago } from '../ui/time.ts'

/** Who did what, the newest first. */
export function auditRows(records: readonly AuditRecord[], now: number, { withTarget = false } = {}): Markup {
  if (records.length === 0) return html`<p class="row soft">Nothing was changed here yet.</p>`
  return html`<ul class="rows">${records.map(
    ({ by, role, via, action, target, details, at }) =>
      html`<li class="row"><div><span class="main-line">${by}</span> ${action}${withTarget ? html` <span class="tag">${target}</span>` : ''}<div class="sub">${role}${via === 'console' ? '' : `, by the ${via === 'api' ? 'API' : 'page'}`}</div></div><div class="sub wide">${when(details, shown => html`${summaryOfDetails(shown)}`)}</div><div class="end sub">${ago(at, now)}</div></li>`,
  )}</ul>`
}

function summaryOfDetails(details: unknown): string {
  if (typeof details === 'string') return details
  if (Array.isArray(details)) return details.map(String).join(', ')
  return JSON.stringify(details)
}
