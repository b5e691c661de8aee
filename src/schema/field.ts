import * as z from 'zod/mini'
import { name, object, optional, required, text } from './primitives.ts'

/** A question of a step; its answer is kept under `name`. */
export type Field = TextField | NumberField | ChoiceField | CheckboxField | ScaleField

/** What every field has. */
export interface FieldBase {
  /** The answer's name: { "answer": "role" } and {answer.role} refer to it. */
  name: string
  /** The question, beside the field. */
  label?: string | undefined
  /**
   * Whether the visitor must answer to go on.
   * @default false
   */
  required?: boolean | undefined
}

/** Asks for a text. */
export interface TextField extends FieldBase {
  /** One line, several lines, or an e-mail address. */
  type: 'text' | 'textarea' | 'email'
  /** An example, shown while the field is empty. */
  placeholder?: string | undefined
}

/** Asks for a number. */
export interface NumberField extends FieldBase {
  /** A number; the answer is one, too. */
  type: 'number'
  /** An example, shown while the field is empty. */
  placeholder?: string | undefined
  /** The smallest number that is taken. */
  min?: number | undefined
  /** The largest number that is taken. */
  max?: number | undefined
}

/** Asks for one of several options. */
export interface ChoiceField extends FieldBase {
  /** One of several options: a list to open, or buttons. */
  type: 'select' | 'radio'
  /** What there is to choose. */
  options: string[]
}

/** One box to tick, or several. */
export interface CheckboxField extends FieldBase {
  /** A box to tick, answered by true or false; with options, several, answered by a list. */
  type: 'checkbox'
  /** What there is to choose; without them, the field is one box. */
  options?: string[] | undefined
}

/** Asks for a grade. */
export interface ScaleField extends FieldBase {
  /** One to five stars, or 0 to 10 (Net Promoter Score); the answer is a number. */
  type: 'rating' | 'nps'
}

const base = {
  name: required('The answer\'s name: { "answer": "role" } and {answer.role} refer to it.', name),
  label: optional('The question, beside the field.', z.string()),
  required: optional('Whether the visitor must answer to go on.', z.boolean()),
}
const placeholder = optional('An example, shown while the field is empty.', z.string())
const options = z.array(text).check(z.minLength(1))

export const fieldSchema: z.ZodMiniType<Field> = z.discriminatedUnion('type', [
  object({
    ...base,
    type: required('One line, several lines, or an e-mail address.', z.enum(['text', 'textarea', 'email'])),
    placeholder,
  }),
  object({
    ...base,
    type: required('A number; the answer is one, too.', z.literal('number')),
    placeholder,
    min: optional('The smallest number that is taken.', z.number()),
    max: optional('The largest number that is taken.', z.number()),
  }),
  object({
    ...base,
    type: required('One of several options: a list to open, or buttons.', z.enum(['select', 'radio'])),
    options: required('What there is to choose.', options),
  }),
  object({
    ...base,
    type: required(
      'A box to tick, answered by true or false; with options, several, answered by a list.',
      z.literal('checkbox'),
    ),
    options: optional('What there is to choose; without them, the field is one box.', options),
  }),
  object({
    ...base,
    type: required(
      'One to five stars, or 0 to 10 (Net Promoter Score); the answer is a number.',
      z.enum(['rating', 'nps']),
    ),
  }),
])
