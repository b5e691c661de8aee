import type { Data } from '../../schema/data.ts'
import type { Step } from '../../schema/steps.ts'
import type { Tour } from '../../schema/tour.ts'
import type { Json } from '../../values/json.ts'
import type { KnownWebhook } from '../draft/draft-client.ts'
import type { PickOptions } from '../overlay/picking.ts'

/** What each part of the panel knows, and may do. */
export interface PanelContext {
  tour: Tour
  step: Step
  webhooks: readonly KnownWebhook[]
  /** Changes the step; the preview follows. */
  change(step: Step): void
  /** Changes it, and draws the panel anew. */
  redraw(step?: Step): void
  /** Lets the author point at an element. */
  pick(options: PickOptions): void
  /** What the sources say now; a value that is missing is left out. */
  valuesOf(data: Data): Record<string, Json>
  /** The names of the tags that the page has set. */
  tagNames(): string[]
  /** Calls back at each change of the draft, and each second, until the panel is drawn anew. */
  live(update: () => void): void
}

/** Shows a value as an author reads it. */
export function shownValue(value: Json | undefined): string {
  if (value === undefined) return 'nothing'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
