import { type DraftObject, textIn, withEntries } from '../../../content/draft-object.ts'
import { idFrom } from '../../../content/fresh-id.ts'
import { checkField, selectField, textField } from '../../../ui/forms/form-fields.ts'
import type { FormValues } from '../../../ui/forms/form-values.ts'
import { html, type Markup } from '../../../ui/markup.ts'
import { freeId } from '../tour-draft.ts'

const types = [
  { value: 'text', label: 'A line of text' },
  { value: 'textarea', label: 'Several lines' },
  { value: 'email', label: 'E-mail address' },
  { value: 'number', label: 'Number' },
  { value: 'select', label: 'One of a list' },
  { value: 'radio', label: 'One of some buttons' },
  { value: 'checkbox', label: 'Boxes to tick' },
  { value: 'rating', label: '1 to 5 stars' },
  { value: 'nps', label: '0 to 10' },
]

const takesOptions = /^(select|radio|checkbox)$/
const takesPlaceholder = /^(text|textarea|email|number)$/

/** A step's questions as form fields, and an empty one. */
export function questionFields(fields: readonly DraftObject[]): Markup {
  return html`<fieldset><legend>Questions</legend><div class="stack">${[...fields, undefined].map(
    (field, index) => questionPart(field, index),
  )}</div></fieldset>`
}

/** What a form says of a step's questions. A question without a text is none. */
export function readQuestionFields(form: FormValues, before: readonly DraftObject[]): DraftObject[] {
  const count = form.names().filter(name => /^ask\.label\.\d+$/.test(name)).length
  const taken = new Set<string>()
  return Array.from({ length: count }, (_, index) => index).flatMap(index => {
    const label = form.text(`ask.label.${index}`)
    const given = form.text(`ask.name.${index}`)
    if (label === '' && given === '') return []
    const name = freeId(given || idFrom(label, 'answer'), taken)
    taken.add(name)
    const type = form.text(`ask.type.${index}`) || 'text'
    const options = form
      .exact(`ask.options.${index}`)
      .split('\n')
      .map(option => option.trim())
      .filter(option => option !== '')
    // What a later version may add stays as long as the type does.
    const known =
      before.find(field => field.name === form.text(`ask.was.${index}`) && field.type === type) ?? {}
    return [
      withEntries(known, {
        name,
        label,
        type,
        required: form.has(`ask.required.${index}`) ? true : undefined,
        options: takesOptions.test(type) ? options : undefined,
        placeholder: takesPlaceholder.test(type) ? form.text(`ask.placeholder.${index}`) : undefined,
        min: type === 'number' ? numberOf(form.text(`ask.min.${index}`)) : undefined,
        max: type === 'number' ? numberOf(form.text(`ask.max.${index}`)) : undefined,
      }),
    ]
  })
}

/** What is no number stays as it was written, so that the list of problems can name it. */
function numberOf(text: string): number | string | undefined {
  if (text === '') return undefined
  return Number.isFinite(Number(text)) ? Number(text) : text
}

function questionPart(field: DraftObject | undefined, index: number): Markup {
  const shown = field ?? {}
  const name = textIn(shown, 'name')
  const options = Array.isArray(shown.options) ? shown.options.map(String) : []
  const fieldsHere = html`<input type="hidden" name="ask.was.${index}" value="${name}"><div class="form">
<div class="columns">${textField({ name: `ask.label.${index}`, label: 'Question', value: textIn(shown, 'label') })}${selectField({ name: `ask.type.${index}`, label: 'Kind of answer', value: textIn(shown, 'type') || 'text', choices: types })}${textField({ name: `ask.name.${index}`, label: 'Answer’s name', value: name, isOptional: field === undefined })}</div>
<div class="columns for-options">${textAreaOf(index, options)}</div><div class="columns for-placeholder">${textField({ name: `ask.placeholder.${index}`, label: 'Example in the empty field', value: textIn(shown, 'placeholder'), isOptional: true })}</div>
<div class="columns for-limits">${textField({ name: `ask.min.${index}`, label: 'Smallest', type: 'number', value: textIn(shown, 'min'), isOptional: true })}${textField({ name: `ask.max.${index}`, label: 'Largest', type: 'number', value: textIn(shown, 'max'), isOptional: true })}</div>
${checkField({ name: `ask.required.${index}`, label: 'Has to be answered', isChecked: shown.required === true })}</div>`
  if (!field) return html`<details class="question"><summary>Add a question</summary>${fieldsHere}</details>`
  return html`<div class="question" role="group" aria-label="Question ${index + 1}: ${textIn(shown, 'label') || name}">${fieldsHere}</div>`
}

function textAreaOf(index: number, options: readonly string[]): Markup {
  const id = `f-ask-options-${index}`
  return html`<div class="field"><label for="${id}">Options, one on each line</label><textarea id="${id}" name="ask.options.${index}">
${options.join('\n')}</textarea></div>`
}
