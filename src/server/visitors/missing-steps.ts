import * as z from 'zod/mini'
import type { Json } from '../../values/json.ts'

const dayMs = 86_400_000
/** How many days count. */
export const missingDays = 7
/** How many paths of one step are kept, and how many steps of one tour. */
const most = { paths: 10, steps: 100 }

/** A step whose element was not there when it should have been shown. */
export interface MissedStep {
  /** Its id, or its index from 0 as a text. */
  step: string
  /** The page's. */
  path: string
  /** Milliseconds since 1970. */
  at: number
}

/** How often that was, of late. */
export interface MissingStep {
  /** In the last seven days. */
  count: number
  /** When it last was, in milliseconds since 1970, and on which page's path. */
  last: number
  path: string
}

const place = z.object({
  step: z.string(),
  path: z.string(),
  last: z.number(),
  /** How often on which day, in days since 1970. */
  days: z.array(z.tuple([z.number(), z.number()])),
})
type Place = z.output<typeof place>

/**
 * What is kept of a tour's missing elements, with some more: the newest ten paths of each step, and nothing that is
 * older than seven days. Whatever is reported, it doesn't grow beyond that.
 */
export function withMissed(kept: Json | undefined, missed: readonly MissedStep[], now: number): Json {
  const places = new Map(placesIn(kept).map(one => [keyOf(one), one]))
  for (const { step, path, at } of missed) {
    const key = keyOf({ step, path })
    const { last = 0, days = [] } = places.get(key) ?? {}
    const day = Math.floor(at / dayMs)
    const before = days.find(([other]) => other === day)?.[1] ?? 0
    const others = days.filter(([other]) => other !== day)
    places.set(key, { step, path, last: Math.max(last, at), days: [...others, [day, before + 1]] })
  }
  const newest = [...places.values()].map(one => recent(one, now)).sort((a, b) => b.last - a.last)
  const counts = new Map<string, number>()
  return newest.filter(({ step, days }) => {
    const count = counts.get(step) ?? 0
    if (days.length === 0 || count >= most.paths || (count === 0 && counts.size >= most.steps)) return false
    counts.set(step, count + 1)
    return true
  })
}

/** The steps that were missed in the last seven days, by their ids. */
export function missingSteps(kept: Json | undefined, now: number): Map<string, MissingStep> {
  const found = new Map<string, MissingStep>()
  for (const { step, path, last, days } of placesIn(kept).map(one => recent(one, now))) {
    const count = days.reduce((sum, [, times]) => sum + times, 0)
    if (count === 0) continue
    const before = found.get(step)
    const latest = before && before.last > last ? before : { last, path }
    found.set(step, { count: count + (before?.count ?? 0), last: latest.last, path: latest.path })
  }
  return found
}

function placesIn(kept: Json | undefined): Place[] {
  return z.safeParse(z.array(place), kept).data ?? []
}

function recent(one: Place, now: number): Place {
  const today = Math.floor(now / dayMs)
  return { ...one, days: one.days.filter(([day]) => day > today - missingDays && day <= today) }
}

function keyOf({ step, path }: Pick<Place, 'step' | 'path'>): string {
  return JSON.stringify([step, path])
}
