import { type ParseArgsConfig, parseArgs } from 'node:util'
import { UsageError } from './usage-error.ts'

type Options = NonNullable<ParseArgsConfig['options']>
type Parsed<Known extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Known; allowPositionals: true }>
>

/**
 * Reads a command's options.
 *
 * @throws {UsageError} for an option that the command doesn't know.
 */
export function readOptions<Known extends Options>(
  args: string[],
  options: Known,
  help: string,
): Parsed<Known> {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), help)
  }
}

/**
 * Reads a port; 0 lets the system choose.
 *
 * @throws {UsageError} when it is none.
 */
export function readPort(text: string, help: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new UsageError(`--port: expected a number from 0 to 65535, got "${text}".`, help)
}
