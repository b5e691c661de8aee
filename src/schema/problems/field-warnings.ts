import { type Problem, pathText } from './config-error.ts'
import type { Outline } from './outline.ts'

type FieldOutline = NonNullable<NonNullable<Outline['tours'][number]['steps']>[number]['fields']>[number]

/** Questions that nobody can answer, or not as their author means it. */
export function fieldWarnings({ tours }: Outline): Problem[] {
  return tours.flatMap(({ steps = [] }, tour) =>
    steps.flatMap(({ fields = [] }, step) =>
      fields.flatMap((field, index) =>
        [...repeatedOptions(field), ...emptyRange(field)].map(({ path, message }) => ({
          path: pathText(['tours', tour, 'steps', step, 'fields', index, ...path]),
          message,
        })),
      ),
    ),
  )
}

function repeatedOptions({ options = [] }: FieldOutline) {
  return options.flatMap((option, index) =>
    option === undefined || options.indexOf(option) === index
      ? []
      : [{ path: ['options', index], message: `"${option}" stands here twice; the two can't be told apart` }],
  )
}

function emptyRange({ min, max }: FieldOutline) {
  if (min === undefined || max === undefined || min <= max) return []
  return [{ path: ['max'], message: `is below "min", ${min}: no number is taken` }]
}
