import type { Json } from '../../values/json.ts'
import type { Tour } from '../tour.ts'
import type { BannerDefinition, ChecklistDefinition } from '../widgets.ts'

/** What the console's stage shows: a draft as visitors would see it. Nothing has checked it. */
export interface Staged {
  content: { tour: Tour } | { checklist: ChecklistDefinition } | { banner: BannerDefinition }
  /** The step to begin with, of a tour. */
  step?: string | undefined
  /** Examples for the placeholders. */
  tags: Record<string, Json>
}
