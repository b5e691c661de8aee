import type { CheckedConfig, Config } from '../../../schema/config.ts'
import type { Problem } from '../../../schema/problems/config-error.ts'
import { readOptions } from '../options.ts'
import type { Subcommand } from '../subcommand.ts'
import { paint, plain, plural, print, printJson } from '../terminal.ts'
import { UsageError } from '../usage-error.ts'
import { checkConfigFile } from './config-file.ts'
import type { Probed } from './probe-webhooks.ts'

const help = `Checks a config and reports all of its problems at once, each with its line and column.

Usage: tourhook check FILE [options]

Options:
  --probe          Ask each endpoint whether a browser can post to it,
                   and say which "transport" to write. Nothing is posted.
  --origin ORIGIN  The page that would post. [default: https://www.example.com]
  --strict         Count warnings as problems
  --json           Print one JSON object
  --help           Show this help

Exit code: 0 all is well, perhaps with warnings; 1 there are problems; 2 wrong usage.
`

/** `tourhook check FILE`: every problem of a config, and how its endpoints take a browser's requests. */
export const check: Subcommand = {
  help,
  async run(args) {
    const { values, positionals } = readOptions(
      args,
      {
        probe: { type: 'boolean', default: false },
        origin: { type: 'string', default: 'https://www.example.com' },
        strict: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      { atMost: 1 },
    )
    const [file] = positionals
    if (file === undefined) throw new UsageError('Name one config file.')

    const checked = await checkConfigFile(file)
    const probes = checked.config && values.probe ? await probe(checked.config, values.origin) : []
    const ok = isFine(checked, probes, values.strict)
    if (values.json) printJson({ ok, ...asJson(checked), ...(values.probe && { probes }) })
    else report(file, checked, probes)
    return ok ? 0 : 1
  },
}

async function probe(config: Config, origin: string): Promise<Probed[]> {
  // Without --probe there is no HTTP client to load.
  const { probeWebhooks } = await import('./probe-webhooks.ts')
  return probeWebhooks(config, { origin })
}

function isFine({ problems, warnings }: CheckedConfig, probes: readonly Probed[], isStrict: boolean): boolean {
  return problems.length === 0 && probes.every(({ works }) => works) && !(isStrict && warnings.length > 0)
}

/** What there is none of is not mentioned. */
function asJson({ problems, warnings, notes }: CheckedConfig): Partial<CheckedConfig> {
  return { problems, ...(warnings.length > 0 && { warnings }), ...(notes.length > 0 && { notes }) }
}

function report(file: string, checked: CheckedConfig, probes: readonly Probed[]): void {
  const { config, problems, warnings, notes } = checked
  const others = warnings.length > 0 ? plural(warnings.length, 'warning') : ''
  if (config) {
    const fine = `${paint('bold', file)} is fine${others && `, with ${others}`}`
    print(`${paint('green', '✓')} ${fine}: ${contentsOf(config)}.`)
  } else {
    const count = `${plural(problems.length, 'problem')}${others && ` and ${others}`}`
    print(`${paint('red', '✗')} ${paint('bold', file)} has ${count}:`)
  }
  printAll(problems)
  printAll(warnings, paint('yellow', 'warning: '))
  printAll(notes, paint('dim', 'note: '))
  if (probes.length > 0) print()
  for (const { webhook, endpoint, works, advice, reason } of probes) {
    print(
      `${works ? paint('green', '✓') : paint('red', '✗')} ${paint('bold', plain(webhook))} ${endpoint}: ${advice}`,
    )
    print(`  ${paint('dim', plain(reason))}`)
  }
}

function printAll(problems: readonly Problem[], kind = ''): void {
  if (problems.length > 0) print()
  const places = problems.map(({ line, column }) => (line === undefined ? '' : `line ${line}:${column}`))
  const placeWidth = Math.max(...places.map(({ length }) => length))
  const pathWidth = Math.min(40, Math.max(...problems.map(({ path }) => path.length)))
  for (const [index, { path, message }] of problems.entries()) {
    const place = paint('dim', (places[index] ?? '').padEnd(placeWidth))
    print(`  ${place}  ${path === '' ? '' : `${plain(path).padEnd(pathWidth)}  `}${kind}${plain(message)}`)
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
