import type { Config } from '../../../schema/config.ts'
import { createCompanion } from '../../companion/companion.ts'
import { createEmitter, type Emitter } from '../../emitter/emitter.ts'
import { sqliteStore } from '../../stores/sqlite/sqlite.ts'
import type { Store } from '../../stores/store.ts'
import { readConfig } from '../check/config-file.ts'
import { serveUntilStopped } from '../server.ts'
import type { Subcommand } from '../subcommand.ts'
import { paint, plain, print, printJson } from '../terminal.ts'
import { createConfigSource } from './config-source.ts'
import { followEmitter, printFault } from './follow-emitter.ts'
import { ownerToken } from './owner-token.ts'
import { inFlags, readServeOptions, type ServeOptions, serveHelp } from './serve-options.ts'
import { contentsOf, disabledLines, hints, startupMessage } from './startup-message.ts'

/** `tourhook serve`: the companion as a process of its own. */
export const serve: Subcommand = {
  help: serveHelp,
  async run(args) {
    const options = readServeOptions(args)
    try {
      return await serveWith(options)
    } catch (error) {
      throw inFlags(error)
    }
  },
}

async function serveWith(options: ServeOptions): Promise<number> {
  const { allowNetworks, json, dev } = options
  const config = await readConfig(options.file)
  const emitter = createEmitter({
    webhooks: config.webhooks ?? [],
    store: await openStore(options),
    allowNetworks,
  })
  // What keeps it from starting is told once: by what is thrown.
  const endSilence = emitter.on('error', () => {})
  const source = createConfigSource({
    file: options.file,
    config,
    async onRead(config) {
      await emitter.configure(config.webhooks ?? [])
      printReload(config, options)
    },
    onProblem(error) {
      printFault(
        new Error(`${options.file} was not taken over; what was read before still holds`, { cause: error }),
      )
    },
  })
  try {
    const isTerminal = process.stdout.isTTY && !json
    const made = options.adminToken === undefined ? await ownerToken(emitter, { isTerminal }) : undefined
    const adminToken = options.adminToken ?? made?.token
    const companion = createCompanion({
      emitter,
      config: source.current,
      allowedOrigins: options.allowedOrigins,
      siteKey: options.siteKey,
      adminToken,
      userHashSecret: options.userHashSecret,
      smtpUrl: options.smtpUrl,
      mailFrom: options.mailFrom,
      clientAddress: options.clientAddress,
      onError: printFault,
      onRefusedOrigin: json ? origin => printJson({ refusedOrigin: origin }) : printRefusedOrigin,
    })
    endSilence()
    followEmitter(emitter, { json })
    const unwatch = options.watch ? source.watch() : () => {}
    await serveUntilStopped({
      fetch: companion.fetch,
      host: options.host,
      port: options.port,
      onListening(address) {
        if (json) printJson({ listening: address })
        else
          startupMessage({
            address,
            config,
            options: { ...options, adminToken },
            newToken: made?.isNew ? made.token : undefined,
          })
        reportDisabled(emitter, json).catch(printFault)
        // Whoever tries things out has just mended what kept these from arriving.
        if (dev) emitter.deliveries.replay({ state: 'pending' }).catch(printFault)
      },
      onStopping() {
        unwatch()
        if (json) printJson({ stopping: true })
        else print('\nStopping; what is in flight may end.')
      },
      onHangup: () => void source.reload(),
    })
  } finally {
    await emitter.close()
  }
  return 0
}

function printReload(config: Config, { file, json, allowNetworks }: ServeOptions): void {
  if (json) {
    printJson({ reloaded: file })
    return
  }
  print(`${file} was read again: ${contentsOf(config)}`)
  for (const line of hints(config, { allowNetworks })) print(`${paint('yellow', '!')} ${line}`)
}

function printRefusedOrigin(origin: string): void {
  const named = plain(origin)
  print(
    `${paint('yellow', '!')} A page of ${named} was turned away; if it is yours, start with --allow-origin ${named}`,
  )
}

/** Says what waits without anybody's doing: it would wait in silence. */
async function reportDisabled(emitter: Pick<Emitter, 'webhooks'>, json: boolean): Promise<void> {
  const webhooks = await emitter.webhooks.list()
  if (json) {
    for (const { id, disabled } of webhooks) if (disabled) printJson({ disabled: { webhook: id, ...disabled } })
  } else {
    for (const line of disabledLines(webhooks)) print(`${paint('red', '✗')} ${line}`)
  }
}

async function openStore({ db, postgres }: ServeOptions): Promise<Store> {
  if (postgres === undefined) return sqliteStore(db)
  // Loaded on demand: pg is optional.
  const { postgresStore } = await import('../../stores/postgres/postgres.ts')
  return postgresStore({ connectionString: postgres })
}
