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
  // A mistake that is reported goes as soon as it is mended; none comes while the visitor is still typing.
  drawn.addEventListener('input', () => {
    if (mistake.textContent) check()
  })
  return { element: drawn, check }
}

/** The field's choices, if it is one of several controls. */
function choicesOf(field: Field): string[] | undefined {
  if (field.type === 'rating') return ['1', '2', '3', '4', '5']
  if (field.type === 'nps') return ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10']
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
        : element('input', { ...common, placeholder, ...inputAttributes(field) })
  control.value = typeof answer === 'string' || typeof answer === 'number' ? String(answer) : ''
  if (type === 'email') {
    control.addEventListener('change', () => {
      control.value = control.value.trim()
    })
  }
  return control
}

function inputAttributes(field: Field): Attributes {
  if (field.type === 'number') return { type: 'number', step: 'any', min: field.min, max: field.max }
  if (field.type !== 'email') return { type: 'text' }
  // Not an email input: it hands out `ada@xn--mller-kva.example` for "ada@müller.example", and refuses "jörg@…".
  return {
    type: 'text',
    inputmode: 'email',
    autocomplete: 'email',
    autocapitalize: 'none',
    spellcheck: 'false',
  }
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
  const isChecked = (control: Control) => (control as HTMLInputElement).checked
  // Not by `:has()`, which is younger than the browsers that we support. A rating of 3 is three stars.
  const markChosen = () => {
    const last = controls.findIndex(isChecked)
    controls.forEach((control, index) => {
      choices[index]?.classList.toggle('chosen', type === 'rating' ? index <= last : isChecked(control))
    })
  }
  markChosen()
  const ends = type === 'nps' ? [element('div', { class: 'ends' }, ...drawEnds(labels))] : []
  const group = element(
    'fieldset',
    type === 'checkbox' ? {} : { role: 'radiogroup', 'aria-required': required && 'true' },
    element('legend', { id: `${id}-legend` }, ...labelOf(field)),
    element('div', { class: 'choices' }, ...choices),
    ...ends,
  )
  group.addEventListener('change', markChosen)
  return group
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
