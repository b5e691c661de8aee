#!/usr/bin/env node
import { readFile } from 'node:fs/promises'
import { didYouMean } from '../../schema/problems/did-you-mean.ts'
import { own } from '../../values/json.ts'
import { nodeProblem } from './node-version.ts'
import type { Subcommand } from './subcommand.ts'
import { UsageError } from './usage-error.ts'

/** Each is loaded when it is asked for: `check` starts without the server's dependencies. */
const commands: Readonly<Record<string, { summary: string; load: () => Promise<Subcommand> }>> = {
  serve: {
    summary: 'Take what browsers report and relay, and send the webhooks',
    load: async () => (await import('./serve/serve.ts')).serve,
  },
  check: {
    summary: 'Check a config, and with --probe its endpoints',
    load: async () => (await import('./check/check.ts')).check,
  },
  listen: {
    summary: 'Receive webhooks, verify and print them',
    load: async () => (await import('./listen/listen.ts')).listen,
  },
  deliveries: {
    summary: "Look at a companion's log",
    load: async () => (await import('./admin/deliveries.ts')).deliveries,
  },
  resend: {
    summary: 'Send deliveries again: one, or all that match',
    load: async () => (await import('./admin/resend.ts')).resend,
  },
  webhooks: {
    summary: "Look at a companion's webhooks; enable, disable, test one",
    load: async () => (await import('./admin/webhooks.ts')).webhooks,
  },
  secret: {
    summary: 'Make a secret that signs a webhook',
    load: async () => (await import('./secret.ts')).secret,
  },
}

const help = `Send data from product tours to webhooks.

Usage: tourhook <command> [options]

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`)
  .join('\n')}

Options:
  --help     Show help; also for each command: tourhook serve --help
  --version  Show the version
`

/** Runs the command line; resolves with the exit code. */
async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-v') return say(await version())
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return say(help)
  const known = own(commands, name)
  if (!known) throw new UsageError(`There is no command "${name}"${didYouMean(name, Object.keys(commands))}`)
  const problem = nodeProblem(process.versions.node)
  if (problem) throw new Error(problem)
  const command = await known.load()
  if (args.includes('--help') || args.includes('-h')) return say(command.help)
  return command.run(args)
}

function say(text: string): number {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
  return 0
}

/** The package's, which is one folder up from the built file and three from the source. */
async function version(): Promise<string> {
  const folder = import.meta.url.endsWith('.ts') ? '../../../' : '../'
  const manifest: unknown = JSON.parse(
    await readFile(new URL(`${folder}package.json`, import.meta.url), 'utf8'),
  )
  return String(Reflect.get(Object(manifest), 'version'))
}

for (const stream of [process.stdout, process.stderr]) {
  // Whoever read the output has gone, as `head` does. What is written then is lost, and nothing else.
  stream.on('error', () => {})
}
try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  if (error instanceof UsageError) {
    const [name = 'serve'] = process.argv.slice(2)
    const command = own(commands, name) ? `tourhook ${name} --help` : 'tourhook serve --help for a command'
    process.stderr.write(`See tourhook --help, or ${command}.\n`)
  }
  process.exitCode = error instanceof UsageError ? 2 : 1
}
