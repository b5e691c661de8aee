import type { Config } from '../../schema/config.ts'
import { ConfigError, type Problem } from '../../schema/problems/config-error.ts'
import type { Command } from './command.ts'
import { readConfig } from './config-file.ts'
import { readOptions } from './options.ts'
import type { Probed } from './probe-webhooks.ts'
import { paint, plain, plural, print, printJson } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const help = `Checks a config and tells all of its problems at once.

Usage: tourhook check FILE [options]

Options:
  --probe          Ask each endpoint whether a browser can post to it,
                   and say which "transport" to write. Nothing is posted.
  --origin ORIGIN  The page that would post. [default: https://www.example.com]
  --json           Print one JSON object
  --help           Show this help

Exit code: 0 all is well, 1 there are problems, 2 wrong usage.
`

/** `tourhook check FILE`: every problem of a config, and how its endpoints take a browser's requests. */
export const check: Command = {
  help,
  async run(args) {
    const { values, positionals } = readOptions(
      args,
      {
        probe: { type: 'boolean', default: false },
        origin: { type: 'string', default: 'https://www.example.com' },
        json: { type: 'boolean', default: false },
      },
      { atMost: 1 },
    )
    const [file] = positionals
    if (file === undefined) throw new UsageError('Name one config file.')

    const { config, problems } = await read(file)
    const probes = config && values.probe ? await probe(config, values.origin) : []
    if (values.json) printJson({ ok: isFine(problems, probes), problems, ...(values.probe && { probes }) })
    else tell(file, config, problems, probes)
    return isFine(problems, probes) ? 0 : 1
  },
}

async function probe(config: Config, origin: string): Promise<Probed[]> {
  // Without --probe there is no HTTP client to load.
  const { probeWebhooks } = await import('./probe-webhooks.ts')
  return probeWebhooks(config, { origin })
}

async function read(file: string): Promise<{ config?: Config; problems: readonly Problem[] }> {
  try {
    return { config: await readConfig(file), problems: [] }
  } catch (error) {
    if (error instanceof ConfigError) return { problems: error.problems }
    throw error
  }
}

function isFine(problems: readonly Problem[], probes: readonly Probed[]): boolean {
  return problems.length === 0 && probes.every(({ works }) => works)
}

function tell(
  file: string,
  config: Config | undefined,
  problems: readonly Problem[],
  probes: readonly Probed[],
): void {
  if (config) {
    print(`${paint('green', '✓')} ${paint('bold', file)} is fine: ${contentsOf(config)}.`)
  } else {
    print(`${paint('red', '✗')} ${paint('bold', file)} has ${plural(problems.length, 'problem')}:\n`)
    const width = Math.min(40, Math.max(...problems.map(({ path }) => path.length)))
    for (const { path, message } of problems) {
      print(`  ${path === '' ? '' : `${plain(path).padEnd(width)}  `}${plain(message)}`)
    }
  }
  if (probes.length > 0) print()
  for (const { webhook, endpoint, works, advice, reason } of probes) {
    print(
      `${works ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', plain(webhook))} ${endpoint}: ${advice}`,
    )
    print(`  ${paint('dim', plain(reason))}`)
  }
}

function contentsOf({
  webhooks = [],
  tours = [],
  checklists = [],
  banners = [],
  segments = [],
}: Config): string {
  return [
    plural(webhooks.length, 'webhook'),
    plural(tours.length, 'tour'),
    ...(checklists.length > 0 ? [plural(checklists.length, 'checklist')] : []),
    ...(banners.length > 0 ? [plural(banners.length, 'banner')] : []),
    ...(segments.length > 0 ? [plural(segments.length, 'segment')] : []),
  ].join(', ')
}
