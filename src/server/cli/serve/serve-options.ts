import { existsSync } from 'node:fs'
import { own } from '../../../values/json.ts'
import {
  type ClientAddress,
  forwardedThrough,
  socketAddress,
} from '../../companion/middleware/client-address.ts'
import { readOptions, readPort } from '../options.ts'
import { UsageError } from '../usage-error.ts'

/** What `tourhook serve` is started with. */
export interface ServeOptions {
  /** The config's file. */
  file: string
  host: string
  port: number
  /** SQLite's file. */
  db: string
  /** A connection string, in place of SQLite. */
  postgres: string | undefined
  allowedOrigins: readonly string[]
  allowNetworks: readonly string[]
  siteKey: string | undefined
  adminToken: string | undefined
  userHashSecret: string | undefined
  /** The mail server for alerts. */
  smtpUrl: string | undefined
  mailFrom: string | undefined
  clientAddress: ClientAddress
  /** Whether the config is read again when its file changes. */
  watch: boolean
  /** Whether this is for trying things out on one machine. */
  dev: boolean
  json: boolean
}

const defaultFile = 'tourhook.json'

export const serveHelp = `Serves the companion: takes what browsers report and relay, and sends the webhooks.

Usage: tourhook serve [options]

Options:
  --config FILE            The config, as JSON [default: ${defaultFile}]
  --dev                    For trying things out on this machine: this computer's addresses and private
                           networks may be called, pages of every origin may call, what waits is tried at
                           once, and the config is watched
  --watch                  Read the config again when its file changes; SIGHUP does so, too
  --port PORT              [default: 8787; 0 takes a free one]
  --host HOST              [default: 127.0.0.1]
  --db FILE                SQLite database [default: tourhook.db]
  --postgres URL           PostgreSQL instead; several companions may share it [env: TOURHOOK_POSTGRES]
  --allow-origin ORIGIN    A site whose pages may call; repeat it for more. https://*.example.com
                           stands for its subdomains, * for all [env: TOURHOOK_ORIGINS, separated by commas]
  --site-key KEY           Publishable key that pages must send [env: TOURHOOK_SITE_KEY]
  --admin-token TOKEN      Opens /v1/admin, /metrics and the console; at least 32 characters, such as
                           "tourhook secret" prints [env: TOURHOOK_ADMIN_TOKEN]. Without it, the first
                           start in a terminal makes one and prints it
  --user-hash-secret TEXT  Visitors with a user id must show its hash; at least 16 characters
                           [env: TOURHOOK_USER_HASH_SECRET]
  --smtp-url URL           Mail server for alerts, such as smtps://user:password@mail.example.com; needs the
                           package nodemailer [env: TOURHOOK_SMTP_URL]
  --mail-from ADDRESS      Sender of alerts [env: TOURHOOK_MAIL_FROM; default: the URL's user]
  --allow-network CIDR     A private network that may be called, such as 127.0.0.0/8; repeat it for more.
                           For development
  --trust-proxy            Identify clients by X-Forwarded-For; only behind a proxy that sets it
  --proxies NUMBER         The same, behind so many proxies, such as a CDN and a load balancer
  --json                   Print one JSON object a line
  --help                   Show this help

Other processes can read a command line; give secrets by the environment.
`

const options = {
  config: { type: 'string' },
  dev: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  db: { type: 'string', default: 'tourhook.db' },
  postgres: { type: 'string' },
  'allow-origin': { type: 'string', multiple: true },
  'site-key': { type: 'string' },
  'admin-token': { type: 'string' },
  'user-hash-secret': { type: 'string' },
  'smtp-url': { type: 'string' },
  'mail-from': { type: 'string' },
  'allow-network': { type: 'string', multiple: true },
  'trust-proxy': { type: 'boolean', default: false },
  proxies: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** This computer, and what no router on the internet passes on (RFC 1918, RFC 4193). */
const privateNetworks = ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7']

/**
 * Reads the options of `tourhook serve`, from its arguments and the environment.
 *
 * @throws {UsageError} names what is wrong.
 */
export function readServeOptions(args: string[]): ServeOptions {
  const { values, positionals } = readOptions(args, options, { atMost: 1 })
  const [file] = positionals
  if (file !== undefined)
    throw new UsageError(`Unexpected argument "${file}". Name the config with --config ${file}`)
  const { dev, host, db, json } = values
  const origins = values['allow-origin'] ?? (process.env.TOURHOOK_ORIGINS || undefined)?.split(/\s*,\s*/)
  return {
    file: configFile(values.config),
    host,
    port: readPort(values.port),
    db,
    postgres: connectionString(values.postgres ?? (process.env.TOURHOOK_POSTGRES || undefined)),
    allowedOrigins: origins ?? (dev ? ['*'] : []),
    allowNetworks: [...(values['allow-network'] ?? []), ...(dev ? privateNetworks : [])],
    // An empty one is refused further in: an unset variable must not open what a secret was to guard.
    siteKey: values['site-key'] ?? process.env.TOURHOOK_SITE_KEY,
    userHashSecret: values['user-hash-secret'] ?? process.env.TOURHOOK_USER_HASH_SECRET,
    smtpUrl: values['smtp-url'] ?? (process.env.TOURHOOK_SMTP_URL || undefined),
    mailFrom: values['mail-from'] ?? (process.env.TOURHOOK_MAIL_FROM || undefined),
    // Without a token nobody is let in, so that an empty variable opens nothing.
    adminToken: values['admin-token'] ?? (process.env.TOURHOOK_ADMIN_TOKEN || undefined),
    clientAddress: clientAddress(values),
    watch: values.watch || dev,
    dev,
    json,
  }
}

function configFile(given: string | undefined): string {
  if (given !== undefined) return given
  if (existsSync(defaultFile)) return defaultFile
  throw new UsageError(`There is no ${defaultFile} in this folder: make one, or name yours with --config.`)
}

/** What is none would be taken for a database's name. The text itself may hold a password. */
function connectionString(given: string | undefined): string | undefined {
  if (given === undefined || /^(postgres(ql)?:\/\/|socket:|\/)/i.test(given)) return given
  throw new UsageError('--postgres: expected a URL such as postgres://user:password@localhost/tourhook.')
}

function clientAddress({
  'trust-proxy': trust,
  proxies,
}: {
  'trust-proxy': boolean
  proxies?: string | undefined
}): ClientAddress {
  if (proxies === undefined) return trust ? forwardedThrough(1) : socketAddress
  if (/^[1-9]\d?$/.test(proxies)) return forwardedThrough(Number(proxies))
  throw new UsageError(`--proxies: expected a number from 1 to 99, got "${proxies}".`)
}

const flags: Readonly<Record<string, string>> = {
  allowedOrigins: '--allow-origin (TOURHOOK_ORIGINS)',
  allowNetworks: '--allow-network',
  siteKey: '--site-key (TOURHOOK_SITE_KEY)',
  adminToken: '--admin-token (TOURHOOK_ADMIN_TOKEN)',
  userHashSecret: '--user-hash-secret (TOURHOOK_USER_HASH_SECRET)',
  smtpUrl: '--smtp-url (TOURHOOK_SMTP_URL)',
  mailFrom: '--mail-from',
}

/** An error about an option of the API, named as whoever typed it knows it. */
export function inFlags(error: unknown): unknown {
  if (!(error instanceof TypeError)) return error
  const [start = '', option = ''] = /^(\w+)(?:\[\d+\])?(?=: )/.exec(error.message) ?? []
  const flag = own(flags, option)
  return flag === undefined ? error : new TypeError(flag + error.message.slice(start.length), { cause: error })
}
