import * as z from 'zod/mini'
import { type ChangedPlace, type ContentKind, changedPlaceSchema } from './document-state.ts'

/** What came of an import: drafts that differ now, to be published, and webhooks that were made. */
export interface ImportResult {
  drafts: { kind: ContentKind; id: string; differences: ChangedPlace[] }[]
  /** The ids of those that were made. */
  webhooks: string[]
  /** What is left as it is: webhooks that are there already or have no address, contents of the config file. */
  skipped: string[]
  /** What says the same already. */
  unchanged: string[]
}

export const importResultSchema: z.ZodMiniType<ImportResult> = z.looseObject({
  drafts: z.array(
    z.object({
      kind: z.enum(['tours', 'checklists', 'banners', 'segments']),
      id: z.string(),
      differences: z.array(changedPlaceSchema),
    }),
  ),
  webhooks: z.array(z.string()),
  skipped: z.array(z.string()),
  unchanged: z.array(z.string()),
})
