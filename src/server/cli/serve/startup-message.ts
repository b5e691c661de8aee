import type { Config } from '../../../schema/config.ts'
import { disabledWords } from '../../webhooks/disabled-words.ts'
import type { WebhookSummary } from '../../webhooks/webhook-summary.ts'
import { paint, plain, plural, print } from '../terminal.ts'
import { privateWebhooks } from './private-webhooks.ts'
import type { ServeOptions } from './serve-options.ts'

export interface StartupMessageOptions {
  /** Where the companion listens. */
  address: string
  config: Config
  options: ServeOptions
  /** The owner's token that was made just now: it is printed this once. */
  newToken?: string | undefined
}

/** Prints where the companion is, how it is set up, and what is likely to be missing; no secret among it but the token that was just made. */
export function startupMessage({ address, config, options, newToken }: StartupMessageOptions): void {
  const { file, db, postgres, allowedOrigins, adminToken, dev } = options
  function row(name: string, value: string): void {
    print(`  ${paint('dim', name.padEnd(8))} ${value}`)
  }

  print(`Tourhook's companion is at ${paint('bold', address)}\n`)
  row('config', `${file}: ${contentsOf(config)}`)
  row('store', postgres === undefined ? `SQLite, ${db}` : 'PostgreSQL')
  row(
    'origins',
    allowedOrigins.join(', ') ||
      paint('yellow', 'none, so no page may call; name your site with --allow-origin'),
  )
  row(
    'admin',
    adminToken === undefined
      ? 'closed; set TOURHOOK_ADMIN_TOKEN, such as `tourhook secret` prints, to open it'
      : `${address}/v1/admin, ${address}/console`,
  )
  if (newToken !== undefined) {
    row('token', paint('bold', newToken))
    row('', 'signs the owner in; it is shown this once. TOURHOOK_ADMIN_TOKEN takes its place')
  }
  if (dev) row('dev', 'private networks may be called, and the config is watched')
  print()
  for (const line of hints(config, options)) print(`${paint('yellow', '!')} ${line}`)
}

/** `2 webhooks, 1 tour`. */
export function contentsOf({ webhooks = [], tours = [] }: Config): string {
  return `${plural(webhooks.length, 'webhook')}, ${plural(tours.length, 'tour')}`
}

/** What is likely to be missing in a config, as it is served. */
export function hints(
  { webhooks = [] }: Config,
  { allowNetworks }: Pick<ServeOptions, 'allowNetworks'>,
): string[] {
  const unsigned = webhooks.filter(({ secret, events, transport }) => {
    return secret === undefined && (transport === 'relay' || (events ?? []).length > 0)
  })
  return [
    ...privateWebhooks(webhooks, allowNetworks).map(
      ({ id, origin }) =>
        `${paint('bold', plain(id))}: ${origin} is private, so it is not called; for development, start with --dev or --allow-network 127.0.0.0/8`,
    ),
    ...(unsigned.length > 0
      ? [
          `${unsigned.map(({ id }) => plain(id)).join(', ')}: without a "secret", so messages are not signed; \`tourhook secret\` makes one`,
        ]
      : []),
  ]
}

/** Which webhooks get nothing, since when and why, with the remedy. */
export function disabledLines(webhooks: readonly WebhookSummary[]): string[] {
  return webhooks.flatMap(({ id, disabled }) =>
    disabled
      ? `${plain(id)} is disabled since ${new Date(disabled.at).toISOString()}: ${disabledWords[disabled.reason]}. What is meant for it waits for POST /v1/admin/webhooks/${encodeURIComponent(id)}/enable`
      : [],
  )
}
