import { type Problem, pathText } from './config-error.ts'
import type { Outline } from './outline.ts'

/** Tours that nothing in the config starts, and how each can be: a page may well do so. */
export function unstartedNotes({ tours, checklists }: Outline): Problem[] {
  const started = new Set(checklists.flatMap(({ items = [] }) => items.map(({ tour }) => tour)))
  return tours.flatMap(({ id, steps = [], start }, index) => {
    if (id === undefined || steps.length === 0 || start || started.has(id)) return []
    const ways = `data-start="${id}" on the script tag, a "start" here, or tourhook.start('${id}')`
    return [
      { path: pathText(['tours', index]), message: `nothing in the config starts this tour; it needs ${ways}` },
    ]
  })
}

/** What a tour waits for in vain, or hardly as long as its author means. */
export function startWarnings({ tours }: Outline): Problem[] {
  return tours.flatMap(({ start }, index) => {
    if (!start) return []
    const faults = { url: urlFault(start), event: eventFault(start), delayMs: delayFault(start) }
    return Object.entries(faults).flatMap(([key, message]) =>
      message === undefined ? [] : [{ path: pathText(['tours', index, 'start', key]), message }],
    )
  })
}

type StartOutline = NonNullable<Outline['tours'][number]['start']>

function urlFault({ url }: StartOutline): string | undefined {
  if (url === undefined) return undefined
  if (!/^[/*?#]|:\/\//.test(url))
    return `"${url}" is no page's address: begin it with / or *, or write all of it, https:// and host`
  if (/^\/\^|\.\*|\\[/d.w]|\$\/?$/.test(url))
    return `"${url}" looks like a regular expression; * stands for anything`
  return undefined
}

function eventFault({ event }: StartOutline): string | undefined {
  const [, name] = /^on([a-z]+)$/.exec(event ?? '') ?? []
  // The events whose names do begin so.
  if (name === undefined || event === 'online') return undefined
  return `the DOM's event is called "${name}"`
}

function delayFault({ delayMs = 0 }: StartOutline): string | undefined {
  if (delayMs < 1 || delayMs > 60) return undefined
  return `is in milliseconds: ${delayMs} seconds are ${delayMs * 1_000}`
}
