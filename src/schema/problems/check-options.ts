import * as z from 'zod/mini'
import { explain, problemsOf } from './explain.ts'

/**
 * Checks options that JavaScript may have given in any shape.
 *
 * @throws {TypeError} names each that is wrong, and what was expected.
 */
export function checkOptions(options: object, shape: z.ZodMiniType): void {
  const { error } = z.safeParse(shape, options, { error: explain })
  if (!error) return
  const faults = problemsOf(error.issues).map(({ path, message }) => `${path}: ${message}`)
  throw new TypeError(faults.join('; '))
}

/** An option that is a function. */
export const functionSchema = z.custom<unknown>(given => typeof given === 'function', 'expected a function')

/** An option that is something of ours, told by one of its methods, and where it comes from. */
export function madeBy(method: string, source: string): z.ZodMiniType<unknown> {
  const isMade = (given: unknown) => typeof Reflect.get(Object(given), method) === 'function'
  return z.custom<unknown>(isMade, `expected what ${source} returns`)
}
