import { hiddenField } from '../ui/forms/form-fields.ts'
import type { FormValues } from '../ui/forms/form-values.ts'
import { html, type Markup, nothing } from '../ui/markup.ts'

/** A form that somebody sent whose session had ended, on its way through the sign-in. */
export interface KeptForm {
  /** Where it goes, from the console's root. */
  path: string
  fields: [name: string, value: string][]
}

/** More than that goes back and forth no more: a browser's *Back* still has it. */
const mostCharacters = 200_000
const [pathField, fieldsField] = ['kept.path', 'kept.fields']

/** @param path from the console's root */
export function keptForm(path: string, form: FormValues): KeptForm | undefined {
  const fields = form.names().flatMap(name => form.all(name).map((value): [string, string] => [name, value]))
  const length = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  return length > 0 && length <= mostCharacters && isPage(path) ? { path, fields } : undefined
}

/** It goes along with the token. */
export function keptFormFields(kept: KeptForm | undefined): Markup {
  if (!kept) return nothing
  return html`${hiddenField(pathField, kept.path)}${hiddenField(fieldsField, JSON.stringify(kept.fields))}`
}

/** What went along, if anything did. */
export function readKeptForm(form: FormValues): KeptForm | undefined {
  const path = form.exact(pathField)
  if (!isPage(path)) return undefined
  try {
    const fields: unknown = JSON.parse(form.exact(fieldsField))
    if (!Array.isArray(fields)) return undefined
    const pairs = fields.filter(Array.isArray)
    return { path, fields: pairs.map(([name, value]) => [String(name), String(value)]) }
  } catch {
    return undefined // a form that nobody's page has made
  }
}

/** Once somebody is signed in: what they had sent, to be sent now. */
export function sendKeptForm({ path, fields }: KeptForm, root: string): Markup {
  return html`<form class="card form" method="post" action="${root}${path}"><h1>Signed in</h1><p>What you had written was not saved, because your session had ended. It is still here.</p>${fields.map(([name, value]) => hiddenField(name, value))}<div class="buttons"><button class="button primary">Save it now</button><a class="button quiet" href="${root}overview">Leave it</a></div></form>`
}

/** A page of the console, so that nothing is sent elsewhere. */
function isPage(path: string): boolean {
  return /^[\w%~][\w%~.-]*(\/[\w%~.-]+)*$/.test(path) && !path.includes('..')
}
