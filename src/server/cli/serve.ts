import { createCompanion } from '../companion/companion.ts'
import { forwardedAddress } from '../companion/middleware/client-address.ts'
import { createEmitter } from '../emitter/emitter.ts'
import { sqliteStore } from '../stores/sqlite/sqlite.ts'
import type { Store } from '../stores/store.ts'
import { readConfig } from './check/config-file.ts'
import type { Command } from './command.ts'
import { followEmitter, printFault } from './follow-emitter.ts'
import { readOptions, readPort } from './options.ts'
import { serveUntilStopped } from './server.ts'
import { startupMessage } from './startup-message.ts'
import { print, printJson } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const help = `Serves the companion: takes what browsers report and relay, and sends the webhooks.

Usage: tourhook serve --config FILE [options]

Options:
  --config FILE            The config, as JSON
  --port PORT              [default: 8787; 0 takes a free one]
  --host HOST              [default: 127.0.0.1]
  --db FILE                SQLite database [default: tourhook.db]
  --postgres URL           PostgreSQL instead; several companions may share it [env: TOURHOOK_POSTGRES]
  --allow-origin ORIGIN    A site whose pages may call; repeat it for more. https://*.example.com
                           stands for its subdomains, * for all [env: TOURHOOK_ORIGINS, separated by commas]
  --site-key KEY           Publishable key that pages must send [env: TOURHOOK_SITE_KEY]
  --admin-token TOKEN      Opens /v1/admin and /metrics [env: TOURHOOK_ADMIN_TOKEN]
  --user-hash-secret TEXT  Visitors with a user id must show its hash [env: TOURHOOK_USER_HASH_SECRET]
  --allow-network CIDR     A private network that may be called, such as 127.0.0.0/8; repeat it for more.
                           For development
  --trust-proxy            Tell clients apart by X-Forwarded-For; only behind a proxy that sets it
  --json                   Print one JSON object a line
  --help                   Show this help

Other processes can read a command line; give secrets by the environment.
`

/** `tourhook serve`: the companion as a process of its own. */
export const serve: Command = {
  help,
  async run(args) {
    const { values } = readOptions(args, {
      config: { type: 'string' },
      port: { type: 'string', default: '8787' },
      host: { type: 'string', default: '127.0.0.1' },
      db: { type: 'string', default: 'tourhook.db' },
      postgres: { type: 'string' },
      'allow-origin': { type: 'string', multiple: true },
      'site-key': { type: 'string' },
      'admin-token': { type: 'string' },
      'user-hash-secret': { type: 'string' },
      'allow-network': { type: 'string', multiple: true },
      'trust-proxy': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    })
    if (values.config === undefined) throw new UsageError('--config is missing.')
    const port = readPort(values.port)
    const allowedOrigins = values['allow-origin'] ?? environment('ORIGINS')?.split(/\s*,\s*/) ?? []
    const adminToken = values['admin-token'] ?? environment('ADMIN_TOKEN')
    const postgres = values.postgres ?? environment('POSTGRES')
    const config = await readConfig(values.config)

    const emitter = createEmitter({
      webhooks: config.webhooks ?? [],
      store: await openStore(values.db, postgres),
      allowNetworks: values['allow-network'] ?? [],
    })
    try {
      const companion = createCompanion({
        emitter,
        config,
        onError: printFault,
        allowedOrigins,
        adminToken,
        siteKey: values['site-key'] ?? environment('SITE_KEY'),
        userHashSecret: values['user-hash-secret'] ?? environment('USER_HASH_SECRET'),
        ...(values['trust-proxy'] && { clientAddress: forwardedAddress }),
      })
      followEmitter(emitter, { json: values.json })
      await serveUntilStopped({
        fetch: companion.fetch,
        host: values.host,
        port,
        onListening(address) {
          if (values.json) return printJson({ listening: address })
          const store = postgres === undefined ? `SQLite, ${values.db}` : 'PostgreSQL'
          startupMessage({
            address,
            file: values.config ?? '',
            config,
            store,
            allowedOrigins,
            isOpen: adminToken !== undefined,
          })
        },
        onStopping: () =>
          values.json ? printJson({ stopping: true }) : print('\nStopping; what is in flight may end.'),
      })
    } finally {
      await emitter.close()
    }
    return 0
  },
}

/** A secret or setting from the environment; an empty one is none. */
function environment(name: string): string | undefined {
  return process.env[`TOURHOOK_${name}`] || undefined
}

async function openStore(file: string, postgres: string | undefined): Promise<Store> {
  if (postgres === undefined) return sqliteStore(file)
  // Loaded on demand: pg is optional.
  const { postgresStore } = await import('../stores/postgres/postgres.ts')
  return postgresStore({ connectionString: postgres })
}
