import type { Run } from '../tour/run.ts'
import type { Tourhook } from '../tourhook.ts'

/** The vendor's global, as far as pages call it. */
export interface Usetiful {
  /** Starts and steers tours. */
  tour: {
    /** Starts a tour, at a step counted from 1 if one is given; `confirmation` has no meaning here. */
    start(tour: string | number, confirmation?: unknown, startStep?: number): void
    nextStep(): void
    preStep(): void
    /** Goes to a step, counted from 1. */
    jumpTo(step: number): void
    close(): void
  }
  /** Who the visitor is, and their tags. */
  user: {
    /** Says who the visitor is; `null` forgets it. */
    setId(id: string | number | null): void
    setTag(name: string, value: unknown): void
    setTags(tags: Record<string, unknown>): void
    removeTag(name: string): void
    removeAllTags(): void
  }
  /** Pages call it after `setId`; here, tags count from the next message on without it. */
  reinitialize(): void
}

declare global {
  interface Window {
    USETIFUL?: Usetiful
    usetifulTags?: Record<string, unknown>
  }
}

/** The page's `window.usetifulTags`, read at each use, so that late tags count. */
export function usetifulTags(): Record<string, unknown> | undefined {
  return window.usetifulTags
}

/**
 * Puts `window.USETIFUL` over a Tourhook, so that the calls a page makes to the vendor's script go on working;
 * returns the undo.
 *
 * @example
 * installUsetiful(createTourhook(config, { tags: usetifulTags }))
 * window.USETIFUL.user.setTag('plan', 'pro')
 */
export function installUsetiful(tourhook: Tourhook): () => void {
  const before = window.USETIFUL

  function latest(): Run | undefined {
    return tourhook.runs().at(-1)
  }

  window.USETIFUL = {
    tour: {
      start(tour, _confirmation, startStep) {
        const started = tourhook.start(String(tour))
        if (startStep !== undefined) started?.goTo(startStep - 1)
      },
      nextStep: () => latest()?.next(),
      preStep: () => latest()?.previous(),
      jumpTo: step => latest()?.goTo(step - 1),
      close: () => latest()?.close(),
    },
    user: {
      setId: id => (id === null ? tourhook.tags.remove('userId') : tourhook.tags.set({ userId: String(id) })),
      setTag: (name, value) => tourhook.tags.set({ [name]: value }),
      setTags: tags => tourhook.tags.set(tags),
      removeTag: name => tourhook.tags.remove(name),
      removeAllTags: () => tourhook.tags.clear(),
    },
    reinitialize() {},
  }

  return () => {
    if (before) window.USETIFUL = before
    else delete window.USETIFUL
  }
}
