import * as z from 'zod/mini'
import { explain, problemsOf } from '../../../schema/problems/explain.ts'
import type { Json } from '../../../values/json.ts'
import { HttpError } from '../http-error.ts'
import { readBytes } from './body-limit.ts'

/** Levels of arrays and objects; below it, no recursion over a body can exhaust the stack. */
const maxDepth = 32

/**
 * Reads a request's JSON body and checks it against a schema.
 *
 * @throws {HttpError} 415 not JSON by its type, 413 too large, 400 no JSON, 422 not what the schema describes.
 */
export async function readJson<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new HttpError(415, 'not_json', 'Send the body as application/json.')
  }
  return checkShape(schema, parse(await readBytes(request)))
}

function parse(bytes: Uint8Array): Json {
  try {
    return clean(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
  } catch (error) {
    if (error instanceof HttpError) throw error
    throw new HttpError(400, 'bad_json', 'The body is not JSON in UTF-8.')
  }
}

/** Takes out what JSON can say and a database can't keep: U+0000 and halves of surrogate pairs. */
function clean(value: Json, depth = 0): Json {
  if (typeof value === 'string') return cleanText(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === maxDepth) throw new HttpError(400, 'too_deep', `The body nests deeper than ${maxDepth} levels.`)
  if (Array.isArray(value)) return value.map(item => clean(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), clean(item, depth + 1)]),
  )
}

function cleanText(text: string): string {
  return text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd')
}

/**
 * Returns a value, typed, if a schema describes it.
 *
 * @throws {HttpError} 422 with the first problem and its path.
 */
export function checkShape<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = z.safeParse(schema, value, { error: explain })
  if (result.success) return result.data
  const [problem] = problemsOf(result.error.issues)
  throw new HttpError(422, 'invalid', problem?.message ?? 'is not what was expected', {
    path: problem?.path ?? '',
  })
}
