import type { Config } from '../../schema/config.ts'
import { paint, plural, print } from './terminal.ts'

export interface StartupMessageOptions {
  /** Where the companion listens. */
  address: string
  file: string
  config: Config
  store: string
  allowedOrigins: readonly string[]
  /** Whether there is an admin token. */
  isOpen: boolean
}

/** Prints where the companion is, and how it is set up; no secret among it. */
export function startupMessage({
  address,
  file,
  config: { webhooks = [], tours = [] },
  store,
  allowedOrigins,
  isOpen,
}: StartupMessageOptions): void {
  function row(name: string, value: string): void {
    print(`  ${paint('dim', name.padEnd(8))} ${value}`)
  }

  print(`Tourhook's companion is at ${paint('bold', address)}\n`)
  row('config', `${file}: ${plural(webhooks.length, 'webhook')}, ${plural(tours.length, 'tour')}`)
  row('store', store)
  row(
    'origins',
    allowedOrigins.join(', ') ||
      paint('yellow', 'none, so no page may call; name your site with --allow-origin'),
  )
  row('admin', isOpen ? `${address}/v1/admin` : 'closed; set TOURHOOK_ADMIN_TOKEN to open it')
  print()
}
