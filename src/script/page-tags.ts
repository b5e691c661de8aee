import { jsonIn } from './find-config.ts'

const lookEveryMs = 50
/** How long the page may take to say who is there. */
const patienceMs = 2_000

/** The tags that a page gives to its script tag, read at each use: pages often set them late. */
export interface PageTags {
  get(): unknown
  /** Whether the global that should hold them is not there yet. */
  areMissing(): boolean
  /** Waits for them, for two seconds at most. */
  wait(): Promise<void>
}

/**
 * @param path A global's name, such as `usetifulTags`, or the way to one: `app.user.tags`. The JSON in
 * `<script type="application/json" id="tourhook-tags">` counts, too; the global's win.
 */
export function createPageTags(path: string | undefined): PageTags {
  function find(): unknown {
    const found = path?.split('.').reduce<unknown>((value, key) => Object(value)[key], window)
    return typeof found === 'function' ? found() : found
  }

  function areMissing(): boolean {
    return path !== undefined && find() === undefined
  }

  return {
    get() {
      const json = jsonIn('tourhook-tags')
      const found = find()
      return json ? { ...JSON.parse(json), ...Object(found) } : found
    },
    areMissing,
    async wait() {
      for (let waitedMs = 0; areMissing() && waitedMs < patienceMs; waitedMs += lookEveryMs) {
        await new Promise(resolve => setTimeout(resolve, lookEveryMs))
      }
    },
  }
}
