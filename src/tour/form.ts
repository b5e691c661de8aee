import type { Json } from '../values/json.ts'
import { buttons, controlValue, isControl } from './controls.ts'
import { privateParts } from './private-elements.ts'

/**
 * The answers in a form, by the names of its controls; never what is private.
 *
 * Numbers come as numbers, one checkbox as a boolean, several of one name as the list of the ticked ones.
 */
export function readForm(form: HTMLFormElement): Record<string, Json> {
  const answers = new Map<string, Json>()
  for (const control of form.elements) {
    if (!isControl(control) || !control.name || control.matches(`${privateParts}, ${buttons}`)) continue
    const group = form.elements.namedItem(control.name)
    const value =
      control.type === 'checkbox' && group instanceof RadioNodeList
        ? Array.from(group as NodeListOf<HTMLInputElement>).flatMap(({ checked, value }) =>
            checked ? value : [],
          )
        : controlValue(control)
    if (value !== undefined) answers.set(control.name, value)
  }
  return Object.fromEntries(answers)
}
