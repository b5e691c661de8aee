import { type Config, parseConfig } from '../../schema/config.ts'
import { ConfigError, type Problem } from '../../schema/problems/config-error.ts'
import type { TourhookEvents, TourhookOptions } from '../../tourhook.ts'
import { createFull, type FullTourhook } from '../create-full.ts'
import { credentialsIn } from './credentials.ts'
import { describe } from './describe.ts'
import { createDryFetch } from './dry-run.ts'
import type { Panel } from './panel.ts'

export interface DebugOptions {
  panel: Panel
  config: Config
  options: TourhookOptions
  /** The script's attributes. */
  data: DOMStringMap
}

/**
 * The full Tourhook, for whoever writes the config: it says what is wrong with it, what happens and what is sent,
 * on the console and in a panel on the page. With `data-dry-run` nothing is sent.
 */
export function createDebug({ panel, config, options, data }: DebugOptions): FullTourhook {
  const problems = problemsIn(config)
  for (const problem of problems) {
    console.error(`[tourhook] ${line(problem)}`)
    panel.add('problem', line(problem))
  }
  // In a broken config anything may stand where the webhooks should.
  for (const warning of problems.length === 0 ? credentialsIn(config.webhooks ?? []) : []) {
    console.warn(`[tourhook] ${line(warning)}`)
    panel.add('warning', line(warning))
  }

  const isDry = data.dryRun !== undefined && data.dryRun !== 'false'
  const show = (text: string, about?: unknown) => {
    console.info(`[tourhook] ${text}`, ...(about === undefined ? [] : [about]))
    panel.add('event', text, about)
  }
  if (isDry) show('dry run: nothing is sent')
  // Apart, so that what waits for real is neither shown nor lost.
  const dryOptions = { ...options, fetch: createDryFetch(show), namespace: 'tourhook-dry' }
  const tourhook = createFull(config, isDry ? dryOptions : options, data)

  for (const name of ['started', 'step', 'completed', 'closed', 'failed'] as const) {
    tourhook.on(name, (event: TourhookEvents[typeof name]) => show(describe[name](event as never)))
  }
  if (!isDry) {
    tourhook.on('queued', event => show(describe.queued(event), event.message))
    for (const name of ['delivered', 'sent', 'retrying'] as const) {
      tourhook.on(name, (event: TourhookEvents[typeof name]) => show(describe[name](event as never)))
    }
  }
  return tourhook
}

function problemsIn(config: unknown): readonly Problem[] {
  try {
    parseConfig(config)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

function line({ path, message }: Problem): string {
  return path === '' ? message : `${path}: ${message}`
}
