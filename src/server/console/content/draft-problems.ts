import { type Config, parseConfig } from '../../../schema/config.ts'
import { ConfigError, type Problem } from '../../../schema/problems/config-error.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'
import type { DocumentKind } from '../../stores/console-store.ts'
import type { Contents } from './contents.ts'
import { type ConsoleConfig, withFile } from './published-config.ts'

/** The webhooks that exist, which tours may name. */
export type KnownWebhooks = () => Promise<readonly Pick<Webhook, 'id'>[]>

/** What keeps a draft from being published; its paths begin in the draft. */
export async function draftProblems(
  { kind, draft }: { kind: DocumentKind; draft: Json },
  { contents, webhooks }: { contents: Pick<Contents, 'all'>; webhooks: KnownWebhooks },
): Promise<Problem[]> {
  const others = (await contents.all()).filter(item => item.state !== 'removed')
  const listOf = (of: DocumentKind) => others.filter(item => item.kind === of).map(item => item.draft)
  const id = idOf(draft)
  const rest = others.filter(item => item.kind === kind && item.id !== id).map(item => item.draft)
  const config = {
    tours: listOf('tours'),
    checklists: listOf('checklists'),
    banners: listOf('banners'),
    segments: listOf('segments'),
    webhooks: (await webhooks()).map(webhook => ({ id: webhook.id, transport: 'relay' })),
  }
  return problemsIn({ ...config, [kind]: [draft, ...rest] }, `${kind}[0]`)
}

/**
 * Checks what is to be published together with the config file.
 *
 * @throws {ConfigError} (rejects) lists what is wrong.
 */
export async function checkResult(
  config: ConsoleConfig,
  { file, webhooks }: { file: Config; webhooks: KnownWebhooks },
): Promise<void> {
  const known = new Set((file.webhooks ?? []).map(({ id }) => id))
  const added = (await webhooks()).filter(({ id }) => !known.has(id))
  const relayed = added.map(({ id }) => ({ id, transport: 'relay' as const }))
  parseConfig({ ...withFile(file, config), webhooks: [...(file.webhooks ?? []), ...relayed] })
}

function problemsIn(config: unknown, prefix: string): Problem[] {
  try {
    parseConfig(config)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return error.problems
      .filter(({ path }) => path.startsWith(prefix))
      .map(({ path, message }) => ({ path: path.slice(prefix.length).replace(/^\./, ''), message }))
  }
}

function idOf(draft: Json): string | undefined {
  const id: unknown = typeof draft === 'object' && draft !== null ? Reflect.get(draft, 'id') : undefined
  return typeof id === 'string' ? id : undefined
}
