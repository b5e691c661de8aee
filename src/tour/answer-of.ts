import type { Field } from '../schema/field.ts'
import type { Json } from '../values/json.ts'
import { numberOf } from './sources/controls.ts'

/** A form's value as its field means it: a rating's radio button says "4", a list's only checkbox is a list. */
export function answerOf(field: Field | undefined, value: Json): Json {
  if (!field || value === '') return value
  if (field.type === 'checkbox' && field.options?.length === 1 && typeof value === 'boolean') {
    return value ? [...field.options] : []
  }
  return /^(rating|nps|number)$/.test(field.type) ? numberOf(String(value)) : value
}
