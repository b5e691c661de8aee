import type { Tour } from '../../schema/tour.ts'

/** What the next page of this tab goes on with. */
export interface TabMemory {
  token: string
  /** What was changed and not saved yet, and the revision that it was made on. */
  unsaved?: { rev: number; tour: Tour } | undefined
  /** The place of the step that is being edited. */
  index?: number | undefined
  /** What the author is about to point at something for. */
  picking?: string | undefined
}

/** Apart from what visitors have there, which goes when they no longer agree. */
export const memoryKey = 'tourhook-edit'

export function remembered(): TabMemory | undefined {
  try {
    return memoryIn(JSON.parse(sessionStorage.getItem(memoryKey) ?? 'null'))
  } catch {
    return undefined
  }
}

/** `undefined` forgets it. */
export function remember(memory: TabMemory | undefined): void {
  try {
    if (memory) sessionStorage.setItem(memoryKey, JSON.stringify(memory))
    else sessionStorage.removeItem(memoryKey)
  } catch {
    // Without storage it lasts for this page.
  }
}

/** The page's own scripts can write there, too. */
function memoryIn(stored: Partial<TabMemory> | null): TabMemory | undefined {
  const { token, unsaved, index, picking } = stored ?? {}
  if (typeof token !== 'string') return undefined
  const isTour = typeof unsaved?.rev === 'number' && typeof unsaved.tour?.id === 'string'
  return {
    token,
    ...(isTour && { unsaved }),
    ...(Number.isInteger(index) && { index }),
    ...(typeof picking === 'string' && { picking }),
  }
}
