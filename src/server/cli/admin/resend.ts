import { readOptions } from '../options.ts'
import type { Subcommand } from '../subcommand.ts'
import { plural, print, printJson } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { asking, connect, connectionHelp, connectionOptions } from './connect.ts'
import { deliveryQueryOf, filterHelp, filterOptions } from './delivery-filter.ts'

const help = `Sends deliveries again, under their ids: one, or all that match.

Usage: tourhook resend <id> [options]
       tourhook resend --webhook crm --state failed --since 6h

Options:
${filterHelp}${connectionHelp}`

/** `tourhook resend`: sends one delivery again, or all that match. */
export const resend: Subcommand = {
  help,
  async run(args) {
    const { values, positionals } = readOptions(args, { ...connectionOptions, ...filterOptions }, { atMost: 1 })
    const [id] = positionals
    const query = deliveryQueryOf(values)
    if (id === undefined && Object.values(query).every(value => value === undefined)) {
      throw new UsageError("Say which: a delivery's id, or --webhook, --state, --since and the like.")
    }
    const admin = connect(values)
    return asking(values.url, async () => {
      const count = id === undefined ? await admin.deliveries.replay(query) : 1
      if (id !== undefined) await admin.deliveries.resend(id, values.webhook)
      if (values.json) printJson({ resent: count })
      else print(`${plural(count, 'message')} will be sent again.`)
      return 0
    })
  },
}
