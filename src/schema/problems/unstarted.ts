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

/** Addresses at which a tour can never start. */
export function startWarnings({ tours }: Outline): Problem[] {
  return tours.flatMap(({ start }, index) => {
    const { url } = start ?? {}
    if (url === undefined || /^[/*?#]|:\/\//.test(url)) return []
    const message = `"${url}" is no page's address: begin it with / or *, or write all of it, https:// and host`
    return [{ path: pathText(['tours', index, 'start', 'url']), message }]
  })
}
