import type { ConsoleSession } from '../../stores/console-store.ts'

/** What somebody does on a page: pick a step's element, edit the step, or try the whole tour. */
export type PageMode = 'pick' | 'edit' | 'try'

export const pageModes = ['pick', 'edit', 'try'] as const satisfies PageMode[]

/** What a code, and the token that it is redeemed for, are good for: one draft, from the pages of one origin. */
export interface PageBinding {
  origin: string
  /** The tour's id. */
  tour: string
  /** The step that it is about. */
  step?: string | undefined
  mode: PageMode
  /** The draft's, when the code was made. */
  rev: number
}

/** What is kept of a code or a token, besides its hash. */
export interface PageRecord extends PageBinding {
  /** The hash of the console's session that it comes from; absent where the host signs people in. */
  session?: string | undefined
  /** Binds it to the person's token as it is now. */
  proof?: string | undefined
}

/** What a session on a page is bound to; `undefined` for any other. */
export function pageRecordOf({ about }: ConsoleSession): PageRecord | undefined {
  if (typeof about !== 'object' || about === null || Array.isArray(about)) return undefined
  return typeof about.origin === 'string' && typeof about.tour === 'string'
    ? (about as unknown as PageRecord)
    : undefined
}
