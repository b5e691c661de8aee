import type { Json } from '../../values/json.ts'
import { listOf } from '../../values/list-of.ts'
import { matchesSelector, propertyOf } from './natives.ts'

export type FormControl = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** Buttons and files are no answers. */
const noAnswers = '[type=submit], [type=reset], [type=button], [type=image], [type=file]'

/** Whether it is a field that a visitor answers by. */
export function isControl(element: Element): element is FormControl {
  return matchesSelector(element, 'input, select, textarea') && !matchesSelector(element, noAnswers)
}

/** Whether it is a component of the page's own that has a value, as a field has. */
export function isCustomControl(element: Element): element is Element & { value: unknown; checked?: unknown } {
  return propertyOf(element, 'localName').includes('-') && 'value' in element
}

/** What a field holds: `undefined` where nothing is chosen. */
export function controlValue(control: FormControl): Json | undefined {
  const { type, value } = control
  if ('options' in control) {
    const chosen = listOf(control.options).filter(
      option => option.selected && !option.disabled && !option.closest('optgroup[disabled], [data-private]'),
    )
    const values = chosen.map(option => option.value)
    return control.multiple ? values : values[0]
  }
  if (type === 'checkbox') return (control as HTMLInputElement).checked
  if (type === 'radio') return (control as HTMLInputElement).checked ? value : undefined
  return type === 'number' || type === 'range' ? numberOf(value) : value
}

/**
 * The number that a text says; the text itself where it says none, such as an empty one, or one that a number
 * can't hold without loss, such as an account's twenty digits.
 */
export function numberOf(text: string): number | string {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  const digits = text.replace(/e.*|\D/gi, '').replace(/^0+/, '')
  const isExact = digits.length <= 15 || String(number) === text
  return Number.isFinite(number) && isExact ? number : text
}
