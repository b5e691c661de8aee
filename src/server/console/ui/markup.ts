import { html, raw } from 'hono/html'

/** A piece of HTML. What a template is given is escaped, unless it is markup itself. */
export type Markup = ReturnType<typeof html>

export { html, raw }

/** Nothing. */
export const nothing = raw('')

/** Markup only when there is something to show. */
export function when<T>(value: T | undefined | null | false | '', show: (value: T) => Markup): Markup {
  return value === undefined || value === null || value === false || value === '' ? nothing : show(value as T)
}

/** An id as one part of a path: any text can be an id, also one with slashes, or `..`. */
export function segment(id: string): string {
  return encodeURIComponent(/^(\.{1,2}|~.*)$/s.test(id) ? `~${id}` : id)
}

/** The id in a part of a path. */
export function idIn(part: string | undefined): string {
  return part?.startsWith('~') ? part.slice(1) : (part ?? '')
}

/** `?state=failed&webhook=crm`; what is undefined or empty is left out. */
export function queryOf(values: Record<string, string | number | undefined>): string {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  )
  const text = new URLSearchParams(entries).toString()
  return text === '' ? '' : `?${text}`
}
