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
