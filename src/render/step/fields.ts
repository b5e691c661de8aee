import type { Field } from '../../schema/field.ts'
import type { Json } from '../../values/json.ts'
import { type Attributes, element } from '../layer/element.ts'
import { type Labels, progressText } from '../text/labels.ts'
import { type Control, validationMessage } from './validation.ts'

/** A question on the page. */
export interface DrawnField {
  element: HTMLElement
  /** Shows what is wrong with the answer, if anything is; the control to mend it with. */
  check(): Control | undefined
}

export interface FieldOptions {
  /** Unique among the step's fields. */
  id: string
  /** The answer that was given before. */
  answer: Json | undefined
  labels: Labels
}

/** Draws a field with its label and its present answer; `name` is where the answer is kept. */
export function drawField(field: Field, { id, answer, labels }: FieldOptions): DrawnField {
  const choices = choicesOf(field)
  const controls = choices
    ? choices.map(choice => drawChoice(field, choice, answer))
    : [drawControl(field, id, answer, labels)]
  const mistake = element('p', { id: `${id}-mistake`, class: 'mistake' })
  const group = choices ? drawGroup(field, { id, controls, labels }) : drawLabelled(field, id, controls)
  const isList = field.type === 'checkbox' && choices
  // A list of checkboxes has no such state itself, its checkboxes have.
  const marked = choices && !isList ? [group] : controls
  for (const each of choices ? [group] : controls) each.setAttribute('aria-describedby', mistake.id)

  function check(): Control | undefined {
    mistake.textContent = validationMessage(field, controls, labels) ?? ''
    const isWrong = mistake.textContent !== ''
    for (const each of marked) each.setAttribute('aria-invalid', String(isWrong))
    return isWrong ? controls[0] : undefined
  }

  const drawn = element('div', { class: `field ${field.type}` }, group, mistake)
  // Told of a mistake, the visitor sees at once when it is mended; not before, while still typing.
  drawn.addEventListener('input', () => {
    if (mistake.textContent) check()
  })
  return { element: drawn, check }
}

/** The field's choices, if it is one of several controls. */
function choicesOf(field: Field): string[] | undefined {
  if (field.type === 'rating') return ['1', '2', '3', '4', '5']
  if (field.type === 'nps') return Array.from({ length: 11 }, (_, score) => String(score))
  return field.type === 'radio' || field.type === 'checkbox' ? field.options : undefined
}

function drawChoice(field: Field, choice: string, answer: Json | undefined): HTMLInputElement {
  const isMany = field.type === 'checkbox'
  return element('input', {
    type: isMany ? 'checkbox' : 'radio',
    name: field.name,
    value: choice,
    required: !isMany && field.required,
    checked: Array.isArray(answer) ? answer.includes(choice) : String(answer) === choice,
  })
}

function drawControl(field: Field, id: string, answer: Json | undefined, labels: Labels): Control {
  const { name, type, required } = field
  const common: Attributes = { id, name, required }
  if (type === 'checkbox') return element('input', { ...common, type, checked: answer === true })
  const placeholder = 'placeholder' in field && field.placeholder
  const control =
    type === 'select'
      ? element('select', common, ...['', ...field.options].map(value => drawOption(value, labels)))
      : type === 'textarea'
        ? element('textarea', { ...common, placeholder, rows: 3 })
        : element('input', {
            ...common,
            type,
            placeholder,
            autocomplete: type === 'email' && 'email',
            ...(field.type === 'number' && { step: 'any', min: field.min, max: field.max }),
          })
  control.value = typeof answer === 'string' || typeof answer === 'number' ? String(answer) : ''
  return control
}

function drawOption(value: string, { choose }: Labels): HTMLOptionElement {
  return element('option', { value }, value || choose)
}

function drawLabelled(field: Field, id: string, controls: Control[]): HTMLElement {
  const label = element('label', { for: id }, ...labelOf(field))
  // A checkbox stands before its label.
  return element('div', {}, ...(field.type === 'checkbox' ? [...controls, label] : [label, ...controls]))
}

function drawGroup(
  field: Field,
  { id, controls, labels }: { id: string; controls: Control[]; labels: Labels },
): HTMLElement {
  const { type, required } = field
  const choices = controls.map(control => {
    if (type !== 'rating') return element('label', {}, control, element('span', {}, control.value))
    control.setAttribute('aria-label', progressText(labels, Number(control.value), controls.length))
    return element('label', {}, control, element('span', { 'aria-hidden': 'true' }, '★'))
  })
  const ends = type === 'nps' ? [element('div', { class: 'ends' }, ...drawEnds(labels))] : []
  return element(
    'fieldset',
    type === 'checkbox' ? {} : { role: 'radiogroup', 'aria-required': required && 'true' },
    element('legend', { id: `${id}-legend` }, ...labelOf(field)),
    element('div', { class: 'choices' }, ...choices),
    ...ends,
  )
}

function drawEnds({ unlikely, likely }: Labels): HTMLElement[] {
  return [unlikely, likely].map(text => element('span', {}, text))
}

function labelOf({ label, name, required }: Field): (Node | string)[] {
  return [
    label ?? name,
    ...(required ? [element('span', { class: 'needed', 'aria-hidden': 'true' }, ' *')] : []),
  ]
}
