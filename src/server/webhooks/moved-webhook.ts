import { ConfigError } from '../../schema/problems/config-error.ts'
import type { Webhook } from '../../schema/webhook.ts'
import type { CallableWebhook } from './callable.ts'

const credentials = ['headers', 'auth', 'query'] as const

/** Whether a webhook is somebody else's after a change: its address has another origin. */
export function hasMovedAway(before: CallableWebhook, after: CallableWebhook): boolean {
  return new URL(before.url).origin !== new URL(after.url).origin
}

/**
 * Checks that what is secret of a webhook is given again when it moves to another origin.
 *
 * Nobody may read it; whoever could send it to an address of their own would.
 *
 * @throws {ConfigError} names what must be given again.
 */
export function checkCredentials(before: CallableWebhook, change: Partial<Webhook>): void {
  const problems = credentials
    .filter(key => before[key] !== undefined && !Object.hasOwn(change, key))
    .map(key => ({
      path: `webhooks[0].${key}`,
      message: `must be given again, or removed: the URL has another origin, which is not to learn the present "${key}"`,
    }))
  if (problems.length > 0) throw new ConfigError(problems)
}
