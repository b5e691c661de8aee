import * as z from 'zod/mini'
import { pathText } from '../../../schema/problems/config-error.ts'
import { explain, problemsOf } from '../../../schema/problems/explain.ts'
import type { Json } from '../../../values/json.ts'
import { HttpError } from '../http-error.ts'
import { maxBodyBytes, readBytes } from './body-limit.ts'

/** Levels of arrays and objects; below it, no recursion over a body can exhaust the stack. */
const maxDepth = 32

/** How much a body may hold. */
export interface BodyLimits {
  /** @default 65_536 */
  maxBytes?: number | undefined
  /**
   * Texts, numbers, lists and objects, keys aside: what a value costs, on its way to a database, is not in its bytes.
   * @default 3_000
   */
  maxValues?: number | undefined
}

/** What somebody may send who writes tours: as much as by the console's forms. */
export const largeBody: BodyLimits = { maxBytes: 1_048_576, maxValues: 100_000 }

const unkept = /[\0\p{Surrogate}]/u

/**
 * Reads a request's JSON body and checks it against a schema.
 *
 * @throws {HttpError} 415 not JSON by its type, or compressed, 413 too large, 400 no JSON, 422 not what the schema
 * describes.
 */
export async function readJson<Schema extends z.ZodMiniType>(
  request: Request,
  schema: Schema,
  { maxBytes = maxBodyBytes, maxValues = 3_000 }: BodyLimits = {},
): Promise<z.output<Schema>> {
  const { headers } = request
  if (!/^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '')) {
    throw new HttpError(415, 'not_json', 'Send the body as application/json.')
  }
  const encoding = headers.get('content-encoding')?.trim() || 'identity'
  if (encoding.toLowerCase() !== 'identity') {
    throw new HttpError(
      415,
      'encoded',
      `Send the body as it is; the content encoding "${encoding}" is not taken.`,
      { headers: { 'accept-encoding': 'identity' } },
    )
  }
  return checkShape(schema, parse(await readBytes(request, maxBytes), maxValues))
}

function parse(bytes: Uint8Array, maxValues: number): Json {
  try {
    return clean(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), [], {
      left: maxValues,
      most: maxValues,
    })
  } catch (error) {
    if (error instanceof HttpError) throw error
    throw new HttpError(400, 'bad_json', 'The body is not JSON in UTF-8.')
  }
}

/**
 * Takes out what JSON can say and a database can't keep: U+0000 and halves of surrogate pairs.
 *
 * Numbers beyond 2^53 have been rounded when they get here, so they are refused. One walk, which copies only what it
 * changes.
 */
function clean(value: Json, path: PropertyKey[], values: { left: number; most: number }): Json {
  values.left -= 1
  if (values.left < 0) throw new HttpError(413, 'too_large', `The body holds more than ${values.most} values.`)
  if (typeof value === 'string') return cleanText(value)
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    const message =
      'expected a number within ±2^53, which is as far as JSON numbers are exact; send it as a text'
    throw new HttpError(422, 'invalid', message, { path: pathText(path) })
  }
  if (typeof value !== 'object' || value === null) return value
  if (path.length === maxDepth)
    throw new HttpError(400, 'too_deep', `The body nests deeper than ${maxDepth} levels.`)

  function cleanAt(key: PropertyKey, item: Json): Json {
    path.push(key)
    const cleaned = clean(item, path, values)
    path.pop()
    return cleaned
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => cleanAt(index, item))
    return items.every((item, index) => item === value[index]) ? value : items
  }
  const before = Object.entries(value)
  const after = before.map(([key, item]): [string, Json] => [cleanText(key), cleanAt(key, item)])
  const isSame = after.every(([key, item], index) => key === before[index]?.[0] && item === before[index]?.[1])
  return isSame ? value : Object.fromEntries(after)
}

function cleanText(text: string): string {
  return unkept.test(text) ? text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\ufffd') : text
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
