import type { Json } from '../../../../values/json.ts'
import { HttpError } from '../../../companion/http-error.ts'
import { hiddenField, textArea } from '../../ui/forms/form-fields.ts'
import type { FormValues } from '../../ui/forms/form-values.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'

/** A draft as text, for whoever knows the config. */
export function jsonForm({
  draft,
  rev,
  action,
  isLocked,
}: {
  draft: Json
  rev: number
  action: string
  isLocked: boolean
}): Markup {
  return html`<form method="post" action="${action}" class="card"><fieldset class="form"${isLocked ? html` disabled` : nothing}><legend class="hidden">JSON</legend>${hiddenField('rev', rev)}${textArea(
    {
      name: 'json',
      label: 'As JSON',
      isCode: true,
      value: JSON.stringify(draft, null, 2),
      hint: 'As in tourhook.json. Its id stays as it is.',
    },
  )}${isLocked ? nothing : html`<div class="buttons"><button class="button primary">Save</button></div>`}</fieldset></form>`
}

/** @throws {HttpError} 422 when it is no JSON object. */
export function readJsonForm(form: FormValues, id: string): { draft: Json; rev: number } {
  const parsed = parse(form.exact('json'))
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new HttpError(
      422,
      'invalid',
      'Expected a JSON object: { "name": … }. Go back; the form still has what you wrote.',
    )
  }
  return { draft: { ...parsed, id }, rev: Number(form.text('rev')) }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = String(error).replace(/^SyntaxError: /, '')
    throw new HttpError(
      422,
      'bad_json',
      `This is not JSON: ${reason}. Go back; the form still has what you wrote.`,
    )
  }
}
