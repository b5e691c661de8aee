import { type ParseArgsConfig, parseArgs } from 'node:util'
import { didYouMean } from '../../schema/problems/did-you-mean.ts'
import { UsageError } from './usage-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<Known extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Known; allowPositionals: true }>
>

/**
 * Reads a command's options, and up to `atMost` other arguments.
 *
 * @throws {UsageError} for what the command doesn't know.
 */
export function readOptions<Known extends Options>(
  args: string[],
  options: Known,
  { atMost = 0 }: { atMost?: number } = {},
): Parsed<Known> {
  const parsed = parse(args, options)
  const unexpected = parsed.positionals[atMost]
  if (unexpected !== undefined) throw new UsageError(`Unexpected argument "${unexpected}".`)
  return parsed
}

/**
 * Reads a port; 0 lets the system choose.
 *
 * @throws {UsageError} when it is none.
 */
export function readPort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port: expected a number from 0 to 65535, got "${text}".`)
}

function meantOption(problem: string, known: readonly string[]): string {
  const [, name = ''] = /^Unknown option '--(.+)'/.exec(problem) ?? []
  const [, meant] = /"(.+)"/.exec(didYouMean(name, known)) ?? []
  return meant === undefined ? '' : ` Did you mean --${meant}?`
}

function parse<Known extends Options>(args: string[], options: Known): Parsed<Known> {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    // The sentences after the first explain a rarely meant way out.
    const [first = ''] = String(error instanceof Error ? error.message : error).split('. ')
    throw new UsageError(first.replace(/\.?$/, '.') + meantOption(first, Object.keys(options)))
  }
}
