import type { HttpError } from '../../companion/http-error.ts'
import type { Person } from '../access/person.ts'
import { doorPage, layOut } from './console-layout.ts'
import { icon } from './icons.ts'
import { html, type Markup } from './markup.ts'

const titles: Partial<Record<HttpError['status'], string>> = {
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  429: 'Too many attempts',
  503: 'Not possible now',
}

/** What is shown instead of a page: the reason, and the way on. */
export function errorPage(
  { status, message }: HttpError,
  { person, root }: { person: Person | undefined; root: string },
): Markup {
  const title = titles[status] ?? 'That did not work'
  const body = html`<div class="card empty">${icon('warning')}<p>${message}</p><a class="button" href="${root}overview">Go to the overview</a></div>`
  if (person) return layOut({ title, body }, { root, person, changes: 0 })
  return doorPage({ title, root, body: html`<h1 class="hidden">${title}</h1>${body}` })
}
