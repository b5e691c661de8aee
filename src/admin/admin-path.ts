import type { AdminRequest } from './admin-request.ts'

/** A path below `/v1/admin`; an id may be any text. */
export function pathOf(...parts: string[]): string {
  return parts.map(encodeURIComponent).join('/')
}

/** Items of a list that is counted, the newest first: pages are fetched as they are needed. */
export async function* counted<T>(
  request: AdminRequest,
  { path, name, query = {} }: { path: string; name: string; query?: Record<string, string | undefined> },
): AsyncIterableIterator<T> {
  let before: number | undefined
  do {
    const page: object = Object(await request(path, { query: { ...query, before } }))
    yield* Reflect.get(page, name) as T[]
    before = Reflect.get(page, 'next')
  } while (before !== undefined)
}

/** A request whose answer is believed: the companion is the one that checks. */
export async function ask<T>(request: AdminRequest, ...call: Parameters<AdminRequest>): Promise<T> {
  return (await request(...call)) as T
}
