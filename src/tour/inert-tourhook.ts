import type { Config } from '../schema/config.ts'
import type { TagStore } from './tag-store.ts'

const nothing = () => undefined

/**
 * What a server that renders the page gets: it takes every call and does nothing, and keeps nothing of one visitor
 * for the next.
 */
export function createInertTourhook(config: Config) {
  const tags: TagStore = {
    get: ((name?: string) => (name === undefined ? {} : undefined)) as TagStore['get'],
    managed: () => ({}),
    set: nothing,
    remove: nothing,
    clear: nothing,
  }
  return {
    config,
    storage: { get: nothing, set: nothing, remove: nothing, keys: () => [], clear: nothing },
    tags,
    start: nothing,
    runs: () => [],
    trigger: nothing,
    report: nothing,
    reportError: nothing,
    on: () => nothing,
    flush: async () => undefined,
    pending: () => [],
    consent: nothing,
    destroy: nothing,
  }
}
