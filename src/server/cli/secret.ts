import { createSecret } from '../webhooks/signature.ts'
import { readOptions } from './options.ts'
import type { Subcommand } from './subcommand.ts'
import { print } from './terminal.ts'

const help = `Prints a new secret for a webhook's "secret": whsec_ and 32 random bytes in base64.

Usage: tourhook secret

Give the same secret to the receiver; it checks each message's signature with it (Standard Webhooks).
It is for the companion's config alone: a page's config can be read by every visitor.
`

/** `tourhook secret`: a new secret to sign with, alone on its line. */
export const secret: Subcommand = {
  help,
  async run(args) {
    readOptions(args, {})
    print(createSecret())
    return 0
  },
}
