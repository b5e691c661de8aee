import * as z from 'zod/mini'
import { object, optional } from './primitives.ts'
import { ConfigError, type Problem, shapeProblems } from './problems/config-error.ts'
import { endpointWarnings } from './problems/endpoints.ts'
import { explain, problemsOf } from './problems/explain.ts'
import { fieldWarnings } from './problems/field-warnings.ts'
import { gatheringProblems } from './problems/gathering.ts'
import { outlineOf } from './problems/outline.ts'
import { referenceProblems } from './problems/references.ts'
import { selectorNotes, selectorWarnings } from './problems/selectors/selector-warnings.ts'
import { startWarnings, unstartedNotes } from './problems/starts.ts'
import { textWarnings } from './problems/texts.ts'
import { unansweredWarnings } from './problems/unanswered.ts'
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

export const configSchema: z.ZodMiniType<Config> = object(
  {
    $schema: optional(
      'For editors: the address of tourhook.schema.json, which checks the file while one writes.',
      z.string(),
    ),
    webhooks: optional('Where data is sent.', z.array(webhookSchema)),
    tours: optional('The tours, and what they send.', z.array(tourSchema)),
    checklists: optional('Lists of things to do.', z.array(checklistSchema)),
    banners: optional('Notes at the top or the bottom of the page.', z.array(bannerSchema)),
    segments: optional('Groups of users, kept by the companion.', z.array(segmentSchema)),
  },
  {
    error: issue =>
      issue.code === 'invalid_type' && issue.input !== undefined
        ? `${explain(issue)}; write { "webhooks": [ … ], "tours": [ … ] }`
        : undefined,
  },
)

/** What a check of a config has found. */
export interface CheckedConfig {
  /** The config; absent when it can't be used. */
  config?: Config
  /** What is wrong with it: with any of these, it can't be used. */
  problems: Problem[]
  /** What works, but hardly as it is meant: data that will be missing, endpoints that nothing reaches. */
  warnings: Problem[]
  /** What is good to know: tours that the config does not start. */
  notes: Problem[]
}

/** Checks a config, and finds all that is wrong, or may be, at once; it throws nothing. */
export function checkConfig(input: unknown): CheckedConfig {
  const shape = shapeProblems(input)
  if (shape.isTooDeep) return { problems: shape.problems, warnings: [], notes: [] }
  const result = z.safeParse(configSchema, input, { error: explain })
  const outline = outlineOf(input)
  const problems = [
    ...shape.problems,
    ...problemsOf(result.error?.issues ?? []),
    ...referenceProblems(outline),
    ...gatheringProblems(outline),
  ]
  return {
    ...(result.success && problems.length === 0 && { config: result.data }),
    problems,
    warnings: [
      ...unansweredWarnings(outline),
      ...textWarnings(outline),
      ...fieldWarnings(outline),
      ...selectorWarnings(outline),
      ...endpointWarnings(outline),
      ...startWarnings(outline),
    ],
    notes: [...unstartedNotes(outline), ...selectorNotes(outline)],
  }
}

/**
 * Checks a config and returns it, typed.
 *
 * @throws {ConfigError} lists every problem, each with its path, what was expected and what came.
 * @example parseConfig(JSON.parse(await readFile('tourhook.json', 'utf8')))
 */
export function parseConfig(input: unknown): Config {
  const { config, problems } = checkConfig(input)
  if (!config) throw new ConfigError(problems)
  return config
}
