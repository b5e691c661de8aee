import { readOptions, readPort } from '../options.ts'
import { serveUntilStopped } from '../server.ts'
import type { Subcommand } from '../subcommand.ts'
import { paint, plain, plainLines, print, printJson, timeOfDay } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { createInbox, type Received } from './inbox.ts'
import type { SignatureCheck } from './verify-signature.ts'

const help = `Receives webhooks, verifies their signatures and prints them. For trying things out.

Usage: tourhook listen [options]

Options:
  --port PORT      [default: 9090; 0 takes a free one]
  --host HOST      [default: 127.0.0.1]
  --secret SECRET  Verifies signatures: whsec_… [env: TOURHOOK_SECRET]
  --status STATUS  What to answer, for trying failure out. [default: 200]
  --json           Print one JSON object a line
  --help           Show this help
`

const signatureWords: Record<SignatureCheck, string> = {
  valid: paint('green', '✓ signed'),
  wrong: paint('red', '✗ wrong signature'),
  expired: paint('red', '✗ signed more than five minutes ago, or ahead of time'),
  unsigned: paint('yellow', 'not signed'),
  unchecked: paint('yellow', 'signed; give --secret to verify it'),
}

/** `tourhook listen`: a receiver that shows what arrives. */
export const listen: Subcommand = {
  help,
  async run(args) {
    const { values } = readOptions(args, {
      port: { type: 'string', default: '9090' },
      host: { type: 'string', default: '127.0.0.1' },
      secret: { type: 'string' },
      status: { type: 'string', default: '200' },
      json: { type: 'boolean', default: false },
    })
    const secret = values.secret ?? process.env.TOURHOOK_SECRET
    if (secret !== undefined && !/^whsec_[\w+/]+=*$/.test(secret)) {
      throw new UsageError('--secret: expected whsec_ and base64; `tourhook secret` makes one.')
    }
    const status = Number(values.status)
    if (!Number.isInteger(status) || status < 200 || status > 599) {
      throw new UsageError(`--status: expected a number from 200 to 599, got "${values.status}".`)
    }

    const inbox = createInbox({ secret, status, onReceived: values.json ? printJson : printReceived })
    await serveUntilStopped({
      fetch: inbox.fetch,
      host: values.host,
      port: readPort(values.port),
      onListening(address) {
        if (values.json) return printJson({ listening: address })
        print(`Waiting for webhooks at ${paint('bold', address)}${secret ? ', signed ones verified' : ''}`)
      },
    })
    return 0
  },
}

function printReceived({ method, path, query, id, signature, repeat, body }: Received): void {
  const parts = [
    paint('dim', timeOfDay()),
    paint('bold', `${method} ${plain(path)}`),
    signatureWords[signature],
    ...(id === undefined ? [] : [paint('dim', plain(id))]),
    ...(repeat ? [paint('yellow', 'a repeat')] : []),
  ]
  print(`\n${parts.join('  ')}`)
  for (const [name, value] of Object.entries(query)) print(`  ${plain(name)} = ${plain(value)}`)
  if (body !== '') print(textOf(body).replace(/^/gm, '  '))
}

function textOf(body: unknown): string {
  if (body === undefined) return paint('yellow', 'larger than 1 MB, so it was not read')
  return plainLines(typeof body === 'string' ? body : JSON.stringify(body, null, 2))
}
