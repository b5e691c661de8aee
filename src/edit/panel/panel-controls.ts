import { type Attributes, element } from '../../render/layer/element.ts'
import { onPress } from '../../render/layer/press.ts'
import { onTyped } from '../overlay/typed.ts'

/** What a control is called, and how it is found again after the panel was drawn anew. */
interface ControlOptions {
  label: string
  /** Unique in the panel. */
  key: string
  hint?: string | undefined
}

interface TextOptions extends ControlOptions {
  value: string | undefined
  onInput(value: string): void
  /** Several lines. */
  rows?: number
  /** What may be written, to choose from. */
  suggestions?: readonly string[]
  type?: 'text' | 'number'
}

interface SelectOptions<Value extends string> extends ControlOptions {
  value: Value | ''
  /** What it is for each value. */
  options: Readonly<Record<Value, string>> | Readonly<Record<string, string>>
  onChange(value: Value): void
}

export function button(
  label: string,
  act: () => void,
  { key = label, ...attributes }: Attributes & { key?: string } = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', 'data-key': key, ...attributes }, label)
  onPress(made, act)
  return made
}

export function textControl({
  value = '',
  onInput,
  rows,
  suggestions,
  type = 'text',
  ...options
}: TextOptions): HTMLElement {
  const { key } = options
  const isList = suggestions !== undefined && suggestions.length > 0
  const control = rows
    ? element('textarea', { rows, 'data-key': key })
    : element('input', { type, 'data-key': key, autocomplete: 'off', list: isList && `list-${key}` })
  control.value = value
  onTyped(control, () => onInput(control.value))
  const list = element(
    'datalist',
    { id: `list-${key}` },
    ...(suggestions ?? []).map(each => element('option', { value: each })),
  )
  return labelled(control, options, ...(isList ? [list] : []))
}

export function selectControl<Value extends string>({
  value,
  options,
  onChange,
  ...rest
}: SelectOptions<Value>): HTMLElement {
  const control = element(
    'select',
    { 'data-key': rest.key },
    ...Object.entries(options).map(([name, text]) =>
      element('option', { value: name, selected: name === value }, String(text)),
    ),
  )
  control.addEventListener('change', () => onChange(control.value as Value))
  return labelled(control, rest)
}

export function checkControl({
  isChecked,
  onChange,
  label,
  key,
}: Omit<ControlOptions, 'hint'> & { isChecked: boolean; onChange(isChecked: boolean): void }): HTMLElement {
  const control = element('input', { type: 'checkbox', 'data-key': key })
  control.checked = isChecked
  control.addEventListener('change', () => onChange(control.checked))
  return element('label', { class: 'check' }, control, label)
}

function labelled(control: HTMLElement, { label, key, hint }: ControlOptions, ...beside: Node[]): HTMLElement {
  const id = `control-${key}`
  control.id = id
  if (hint) control.setAttribute('aria-describedby', `hint-${key}`)
  return element(
    'div',
    { class: 'control' },
    element('label', { for: id }, label),
    control,
    ...beside,
    ...(hint ? [element('p', { class: 'hint', id: `hint-${key}` }, hint)] : []),
  )
}
