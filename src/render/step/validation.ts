import { fillText } from '../../message/template.ts'
import type { Field } from '../../schema/field.ts'
import type { Labels } from '../text/labels.ts'

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** What is wrong with an answer, in the visitor's language; `undefined` when nothing is. */
export function validationMessage(
  field: Field,
  controls: readonly Control[],
  labels: Labels,
): string | undefined {
  const [first] = controls
  if (!first) return undefined
  if (field.required && isMissing(controls)) return labels.required
  const { badInput, rangeUnderflow, rangeOverflow } = first.validity
  if (badInput) return labels.number
  if (field.type === 'email' && first.value.trim() !== '' && !isEmail(first.value)) return labels.email
  const limit = rangeUnderflow ? first.getAttribute('min') : first.getAttribute('max')
  if (rangeUnderflow || rangeOverflow) {
    return fillText(rangeUnderflow ? labels.min : labels.max, () => limit)
  }
  return undefined
}

function isMissing(controls: readonly Control[]): boolean {
  // What can't be read as a number is something, though its value is empty.
  if (controls.some(({ validity }) => validity.badInput)) return false
  return !controls.some(control =>
    control.matches('[type=radio], [type=checkbox]')
      ? (control as HTMLInputElement).checked
      : control.value.trim() !== '',
  )
}

/** Whether it may be an address, in any script: only a message that arrives proves it. */
function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text.trim())
}
