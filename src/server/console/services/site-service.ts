import type { Json } from '../../../values/json.ts'
import type { Clock } from '../../clock.ts'
import type { ConsoleStore } from '../../stores/console-store.ts'

/** A site whose pages have asked for the config. */
export interface SeenSite {
  origin: string
  /** When last, to the minute, in milliseconds since 1970. */
  at: number
}

/** Which sites have Tourhook installed, as far as their pages have asked. */
export interface SiteService {
  /** A page of this origin has asked. What it takes to write that down is awaited by nobody. */
  see(origin: string): void
  /** The one that asked last first, of all companions. */
  list(): Promise<SeenSite[]>
}

const everyMs = 60_000
/** How many sites are kept, the latest. */
const mostSites = 50
/** How many are written down within a minute: whoever makes up origins costs no more than that. */
const mostAMinute = 20

export interface SiteServiceOptions {
  store: Pick<ConsoleStore, 'setting' | 'changeSetting'>
  clock: Pick<Clock, 'now'>
  onError: (error: unknown) => void
}

export function createSiteService({ store, clock, onError }: SiteServiceOptions): SiteService {
  /** What was written down in this minute. */
  const written = new Set<string>()
  let since = Number.NEGATIVE_INFINITY

  return {
    see(origin) {
      const at = clock.now()
      if (at - since >= everyMs || at < since) {
        written.clear()
        since = at
      }
      if (written.has(origin) || written.size >= mostAMinute) return
      written.add(origin)
      store.changeSetting('sites', kept => withSite(kept, { origin, at })).catch(onError)
    },
    list: async () => sitesIn(await store.setting('sites')),
  }
}

function withSite(kept: Json | undefined, { origin, at }: SeenSite): Json {
  const others = sitesIn(kept).filter(site => site.origin !== origin)
  return [{ origin, at }, ...others].slice(0, mostSites).map(site => ({ ...site }))
}

function sitesIn(kept: Json | undefined): SeenSite[] {
  if (!Array.isArray(kept)) return []
  return kept
    .flatMap(site => {
      if (typeof site !== 'object' || site === null || Array.isArray(site)) return []
      const { origin, at } = site
      return typeof origin === 'string' && typeof at === 'number' ? [{ origin, at }] : []
    })
    .sort((a, b) => b.at - a.at)
}
