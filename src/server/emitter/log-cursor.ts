import type { Cursor } from '../stores/log-query.ts'

/** A place in the log as a text, for the address of a page. */
export function cursorOf({ createdAt, id, webhook }: Cursor): string {
  return `${createdAt}_${encodeURIComponent(id)}:${encodeURIComponent(webhook)}`
}

/** @throws {RangeError} when it is none. */
export function parseCursor(cursor: string): Cursor {
  const [, createdAt, id, webhook] = /^(\d{1,15})_([^:]+):([^:]+)$/.exec(cursor) ?? []
  if (createdAt === undefined || id === undefined || webhook === undefined) {
    throw new RangeError('cursor: expected the "next" of a page')
  }
  try {
    return { createdAt: Number(createdAt), id: decodeURIComponent(id), webhook: decodeURIComponent(webhook) }
  } catch (cause) {
    throw new RangeError('cursor: expected the "next" of a page', { cause })
  }
}

/** Whether a text is a place in the log. */
export function isCursor(text: string): boolean {
  try {
    parseCursor(text)
    return true
  } catch {
    return false // somebody has written it by hand
  }
}
