import * as z from 'zod/mini'
import { ConfigError, shapeProblems } from './config-error.ts'
import { explain, problemsOf } from './explain.ts'
import { object } from './primitives.ts'
import { referenceProblems } from './references.ts'
import { tourSchema } from './tour.ts'
import { webhookSchema } from './webhook.ts'
import { bannerSchema, checklistSchema, segmentSchema } from './widgets.ts'

/** The whole config: one schema for the browser, the server, the command line and editors. */
export const configSchema = object({
  $schema: z.optional(z.string()),
  webhooks: z.optional(z.array(webhookSchema)),
  tours: z.optional(z.array(tourSchema)),
  checklists: z.optional(z.array(checklistSchema)),
  banners: z.optional(z.array(bannerSchema)),
  segments: z.optional(z.array(segmentSchema)),
})

export type Config = z.infer<typeof configSchema>

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
