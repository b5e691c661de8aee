import * as z from 'zod/mini'
import { explain, problemsOf } from '../../../schema/config-error.ts'
import { Refusal } from '../http-error.ts'

/**
 * Returns a value, typed, if a schema describes it.
 *
 * @throws {Refusal} 422 with the first problem and its path.
 */
export function checkShape<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = z.safeParse(schema, value, { error: explain })
  if (result.success) return result.data
  const [problem] = problemsOf(result.error.issues)
  throw new Refusal(422, 'invalid', problem?.message ?? 'is not what was expected', {
    path: problem?.path ?? '',
  })
}
