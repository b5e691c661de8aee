import * as z from 'zod/mini'
import { object, optional } from './primitives.ts'
import { ConfigError, shapeProblems } from './problems/config-error.ts'
import { explain, problemsOf } from './problems/explain.ts'
import { referenceProblems } from './problems/references.ts'
import { type Tour, tourSchema } from './tour.ts'
import { type Webhook, webhookSchema } from './webhook.ts'
import {
  type BannerDefinition,
  bannerSchema,
  type ChecklistDefinition,
  checklistSchema,
  type Segment,
  segmentSchema,
} from './widgets.ts'

/** The whole config: one format for the browser, the server, the command line and editors. */
export interface Config {
  /** For editors: the address of tourhook.schema.json, which checks the file while one writes. */
  $schema?: string | undefined
  /** Where data is sent. */
  webhooks?: Webhook[] | undefined
  /** The tours, and what they send. */
  tours?: Tour[] | undefined
  /** Lists of things to do. */
  checklists?: ChecklistDefinition[] | undefined
  /** Notes at the top or the bottom of the page. */
  banners?: BannerDefinition[] | undefined
  /** Groups of users, kept by the companion. */
  segments?: Segment[] | undefined
}

export const configSchema: z.ZodMiniType<Config> = object({
  $schema: optional(
    'For editors: the address of tourhook.schema.json, which checks the file while one writes.',
    z.string(),
  ),
  webhooks: optional('Where data is sent.', z.array(webhookSchema)),
  tours: optional('The tours, and what they send.', z.array(tourSchema)),
  checklists: optional('Lists of things to do.', z.array(checklistSchema)),
  banners: optional('Notes at the top or the bottom of the page.', z.array(bannerSchema)),
  segments: optional('Groups of users, kept by the companion.', z.array(segmentSchema)),
})

/**
 * Checks a config and returns it, typed.
 *
 * @throws {ConfigError} lists every problem, each with its path, what was expected and what came.
 * @example parseConfig(JSON.parse(await readFile('tourhook.json', 'utf8')))
 */
export function parseConfig(input: unknown): Config {
  const shape = shapeProblems(input)
  const result = z.safeParse(configSchema, input, { error: explain })
  const problems = [...shape, ...problemsOf(result.error?.issues ?? []), ...referenceProblems(input)]
  if (!result.success || problems.length > 0) throw new ConfigError(problems)
  return result.data
}

/** The config's JSON Schema (draft 2020-12), for editors. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: 'input' })
}
