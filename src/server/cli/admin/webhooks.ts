import type { AdminWebhooks } from '../../../admin/admin-webhooks.ts'
import type { WebhookState } from '../../../schema/admin/webhook-state.ts'
import { own } from '../../../values/json.ts'
import { readOptions } from '../options.ts'
import type { Subcommand } from '../subcommand.ts'
import { paint, plain, print, printJson } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { asking, connect, connectionHelp, connectionOptions } from './connect.ts'

const help = `Lists a companion's webhooks, or does something with one.

Usage: tourhook webhooks [list]
       tourhook webhooks enable|disable|test|rotate-secret <id>

Options:
${connectionHelp}`

/** What can be done with one, and how the answer reads. */
const actions: Record<
  string,
  (webhooks: AdminWebhooks, id: string) => Promise<{ words: string; answer: unknown }>
> = {
  async enable(webhooks, id) {
    return { words: `${id} gets what has waited, and what comes.`, answer: await webhooks.enable(id) }
  },
  async disable(webhooks, id) {
    return { words: `${id} gets nothing until it is enabled again.`, answer: await webhooks.disable(id) }
  },
  async test(webhooks, id) {
    const answer = await webhooks.test(id)
    const { status, error, durationMs } = answer
    return { words: `${status ?? plain(error ?? 'no answer')} in ${durationMs} ms`, answer }
  },
  async 'rotate-secret'(webhooks, id) {
    const answer = await webhooks.rotateSecret(id)
    return { words: `${answer.secret}\nThe old secret signs as well for 24 hours.`, answer }
  },
}

/** `tourhook webhooks`: the endpoints of a companion. */
export const webhooks: Subcommand = {
  help,
  async run(args) {
    const { values, positionals } = readOptions(args, connectionOptions, { atMost: 2 })
    const [name = 'list', id] = positionals
    const act = own(actions, name)
    if (!act && name !== 'list') throw new UsageError(`There is no "${name}" for webhooks.`)
    if (act && id === undefined) throw new UsageError(`Which webhook? tourhook webhooks ${name} <id>`)
    const admin = connect(values)
    return asking(values.url, async () => {
      if (act && id !== undefined) {
        const { words, answer } = await act(admin.webhooks, id)
        if (values.json) printJson(answer)
        else print(words)
        return 0
      }
      for (const webhook of await admin.webhooks.list()) (values.json ? printJson : printWebhook)(webhook)
      return 0
    })
  },
}

function printWebhook({ id, endpoint, source, signed, disabled, failingSince }: WebhookState): void {
  const pause = disabled && paint('red', `disabled since ${disabled.at}: ${disabled.words}`)
  const state =
    pause ?? (failingSince ? paint('yellow', `failing since ${failingSince}`) : paint('green', 'ok'))
  print(`${plain(id)}  ${endpoint}  ${source}${signed ? '' : ', not signed'}  ${state}`)
}
