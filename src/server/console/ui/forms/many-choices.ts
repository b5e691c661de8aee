import { html, type Markup, nothing } from '../markup.ts'
import { type Choice, checkField, selectField, textField } from './form-fields.ts'

/** So many choices are a list to choose from; with more, one types an id, and is offered the first of them. */
const mostListed = 100
/** So many boxes to tick, besides those that are ticked. */
const mostTicks = 40

/** One of several, or of hundreds: then its id as a text, with suggestions. */
export function pickField({
  choices,
  empty,
  ...field
}: Omit<Parameters<typeof selectField>[0], 'choices'> & {
  choices: readonly Choice[]
  /** What it is called to pick none. */
  empty: string
}): Markup {
  if (choices.length <= mostListed)
    return selectField({ ...field, choices: [{ value: '', label: empty }, ...choices] })
  const list = `${field.name}-choices`
  return html`${textField({ ...field, list, placeholder: `${empty}: an id` })}${suggestionList(list, choices)}`
}

/** Suggestions for fields whose `list` is this id. */
export function suggestionList(id: string, choices: readonly Choice[]): Markup {
  return html`<datalist id="${id}">${choices
    .slice(0, mostListed)
    .map(({ value, label }) => html`<option value="${value}" label="${label}"></option>`)}</datalist>`
}

/** Whether there are so many that one types instead of choosing. */
export function isMany(choices: readonly unknown[]): boolean {
  return choices.length > mostListed
}

/** Any of several: boxes to tick, and where there are hundreds, a field for the others' ids. */
export function tickFields({
  name,
  choices,
  chosen,
}: {
  name: string
  choices: readonly { id: string; name: string }[]
  chosen: readonly string[]
}): Markup {
  const isChosen = new Set(chosen)
  const gone = chosen
    .filter(id => !choices.some(choice => choice.id === id))
    .map(id => ({ id, name: `${id} (there is none)` }))
  const ticked = choices.filter(({ id }) => isChosen.has(id))
  const others = choices.filter(({ id }) => !isChosen.has(id))
  const isShort = choices.length <= mostListed
  const shown = isShort ? [...choices, ...gone] : [...ticked, ...gone, ...others.slice(0, mostTicks)]
  return html`<div class="columns checks">${shown.map(({ id, name: label }) =>
    checkField({ name, value: id, label, isChecked: isChosen.has(id) }),
  )}</div>${isShort ? nothing : textField({ name: `${name}.others`, label: 'Others, by their ids', isOptional: true, hint: `${others.length - mostTicks} are not shown here. Ids with commas between them.` })}`
}

/** What such fields say. */
export function readTicks(form: { all(name: string): string[]; text(name: string): string }, name: string) {
  const others = form
    .text(`${name}.others`)
    .split(',')
    .map(id => id.trim())
    .filter(id => id !== '')
  return [...new Set([...form.all(name), ...others])]
}
