import type { Json } from '../../values/json.ts'
import { listOf } from '../../values/list-of.ts'
import { isSecretName } from '../../values/secret-name.ts'
import { controlValue, type FormControl, isControl } from './controls.ts'
import { attributeOf, propertyOf, rootOf } from './natives.ts'
import { isPrivate } from './private-elements.ts'

/**
 * The answers in a form, by the names of its fields, as its `FormData` says them; never what is private or hidden.
 *
 * Numbers come as numbers, one checkbox as a boolean, several of one name as the list of the ticked ones, other
 * fields of one name (and those named `…[]`) as the list of their values.
 */
export function readForm(form: HTMLFormElement): Record<string, Json> {
  // Asked of the page: a field may be called `elements`, or `querySelectorAll`.
  const root = rootOf(form)
  const fields = listOf(root.querySelectorAll<FormControl>('input, select, textarea')).filter(
    field => field.form === form && field.name,
  )
  const names = new Set(fields.map(({ name }) => name))
  const answers = new Map<string, Json>()
  for (const name of names) {
    const named = fields.filter(field => field.name === name)
    const isGroup = named.filter(({ type }) => type === 'checkbox').length > 1
    const value = fieldsValue(named.filter(isOpen), isGroup || name.endsWith('[]'))
    if (value !== undefined) answers.set(name, value)
  }

  // What components of the page's own say (`ElementInternals.setFormValue`), the form's data alone knows.
  const components = listOf(root.querySelectorAll('form *, [form]')).filter(each =>
    propertyOf(each, 'localName').includes('-'),
  )
  for (const [name, value] of new FormData(form)) {
    if (names.has(name) || typeof value !== 'string' || isSecretName(name)) continue
    const namesakes = components.filter(each => attributeOf(each, 'name') === name)
    // A component may say more than one thing, under names that it does not have.
    if ((namesakes[0] ? namesakes : components).some(isPrivate)) continue
    const before = answers.get(name)
    if (Array.isArray(before)) before.push(value)
    else if (before !== undefined) answers.set(name, [before, value])
    else answers.set(name, name.endsWith('[]') ? [value] : value)
  }
  return Object.fromEntries(answers)
}

/** Whether a field is the visitor's to answer, and ours to read. */
function isOpen(field: FormControl): boolean {
  return isControl(field) && field.type !== 'hidden' && !field.matches(':disabled') && !isPrivate(field)
}

function fieldsValue(fields: FormControl[], isList: boolean): Json | undefined {
  const [first] = fields
  if (!first) return undefined
  const isBox = ({ type }: FormControl) => type === 'checkbox'
  if (!isList && fields.every(isBox)) return controlValue(first)
  const values = fields.flatMap(field => {
    const value = controlValue(field)
    return isBox(field) ? (value ? field.value : []) : (value ?? [])
  })
  // "Other", with its text beside it: the text counts once something is written there.
  const isChoice = fields.some(field => isBox(field) || field.type === 'radio')
  const said = isChoice ? values.filter(value => value !== '') : values
  if (isList || said.length > 1 || first.type === 'select-multiple') return said
  return said[0] ?? values[0]
}
