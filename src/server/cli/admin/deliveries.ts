import type { LoggedDelivery } from '../../../schema/admin/logged-delivery.ts'
import { readOptions } from '../options.ts'
import type { Subcommand } from '../subcommand.ts'
import { paint, plain, print, printJson } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { asking, connect, connectionHelp, connectionOptions } from './connect.ts'
import { deliveryQueryOf, filterHelp, filterOptions } from './delivery-filter.ts'

const help = `Lists a companion's deliveries, the newest first; with an id, that one with its attempts.

Usage: tourhook deliveries [id] [options]

Options:
${filterHelp}  --limit N        How many [default: 20]
${connectionHelp}`

/** `tourhook deliveries`: the log of a companion. */
export const deliveries: Subcommand = {
  help,
  async run(args) {
    const { values, positionals } = readOptions(
      args,
      { ...connectionOptions, ...filterOptions, limit: { type: 'string', default: '20' } },
      { atMost: 1 },
    )
    const limit = Number(values.limit)
    if (!Number.isInteger(limit) || limit < 1) {
      throw new UsageError(`--limit: expected a whole number from 1 on, got "${values.limit}".`)
    }
    const admin = connect(values)
    const show = values.json ? printJson : printDelivery
    const [id] = positionals
    return asking(values.url, async () => {
      if (id !== undefined) {
        const delivery = await admin.deliveries.get(id, values.webhook)
        show(delivery)
        if (!values.json) printAttempts(delivery)
        return 0
      }
      await showFirst(admin.deliveries.list(deliveryQueryOf(values)), limit, show)
      return 0
    })
  },
}

async function showFirst(
  found: ReturnType<ReturnType<typeof connect>['deliveries']['list']>,
  limit: number,
  show: (delivery: LoggedDelivery) => void,
): Promise<void> {
  let shown = 0
  for await (const delivery of found) {
    show(delivery)
    shown += 1
    if (shown === limit) return
  }
}

function printDelivery({ id, webhook, state, summary, createdAt }: LoggedDelivery): void {
  const style = { delivered: 'green', failed: 'red', pending: 'yellow' } as const
  print(`${createdAt}  ${paint(style[state], state.padEnd(9))}  ${plain(webhook)}  ${id}  ${plain(summary)}`)
}

function printAttempts({ attempts }: LoggedDelivery): void {
  for (const { at, status, error, durationMs, answer } of attempts) {
    print(`  ${at}  ${status ?? plain(error ?? 'no answer')} in ${durationMs} ms`)
    if (answer) print(`    ${paint('dim', plain(answer.slice(0, 200)))}`)
  }
}
