import { parseConfig } from '../../schema/config.ts'
import { ConfigError } from '../../schema/problems/config-error.ts'
import type { Webhook } from '../../schema/webhook.ts'

/** A webhook that a server can call. */
export type CallableWebhook = Webhook & { url: string }

/**
 * Checks webhooks that a server is to call.
 *
 * @throws {ConfigError} lists every problem.
 */
export function parseCallable(webhooks: readonly Webhook[]): CallableWebhook[] {
  const parsed = parseConfig({ webhooks }).webhooks ?? []
  const problems = parsed.flatMap(({ url }, index) =>
    url === undefined ? { path: `webhooks[${index}].url`, message: 'is missing; the server needs it' } : [],
  )
  if (problems.length > 0) throw new ConfigError(problems)
  return parsed.filter(isCallable)
}

export function isCallable(webhook: Webhook | undefined): webhook is CallableWebhook {
  return webhook?.url !== undefined
}
