import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

const entry = new URL('../../src/server/cli/cli.ts', import.meta.url).pathname

/** A folder that goes away with the test, with these files in it. */
export async function folderWith(files: Record<string, unknown>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tourhook-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}

/** A run of the real command line. */
export interface Run {
  process: ChildProcess
  /** Everything that it has written to its output so far. */
  readonly output: string
  readonly errors: string
  /** The next line of output that matches, past or to come. */
  line(pattern: RegExp): Promise<string>
  /** Its exit code, once it has ended and all that it wrote was read. */
  ended: Promise<number | null>
  /** Its exit code, once it has ended. */
  exited: Promise<number | null>
}

/** Starts `tourhook …` as a process of its own, without colours. */
export function tourhook(
  args: readonly string[],
  { cwd, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Run {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // The cache spares each run after the first the reading of the sources.
    env: {
      ...process.env,
      NO_COLOR: '1',
      NODE_COMPILE_CACHE: join(tmpdir(), 'tourhook-compile-cache'),
      ...env,
    },
    ...(cwd === undefined ? {} : { cwd }),
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const errors: Buffer[] = []
  child.stderr.on('data', chunk => errors.push(chunk))
  const reader = createInterface(child.stdout).on('line', line => {
    lines.push(line)
    for (const look of waiting) look()
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  const ended = Promise.all([once(child, 'exit'), once(reader, 'close'), once(child.stderr, 'close')]).then(
    ([[code]]) => code as number | null,
  )

  return {
    process: child,
    get output() {
      return lines.join('\n')
    },
    get errors() {
      return Buffer.concat(errors).toString()
    },
    line: pattern =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = lines.find(line => pattern.test(line))
          if (found === undefined) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
        ended.then(
          code => reject(new Error(`ended with ${code} before ${pattern}: ${Buffer.concat(errors)}`)),
          reject,
        )
      }),
    ended,
    exited,
  }
}

/** Runs `tourhook …` to its end. */
export async function runTourhook(args: readonly string[], options?: Parameters<typeof tourhook>[1]) {
  const run = tourhook(args, options)
  const code = await run.ended
  return { code, output: run.output, errors: run.errors }
}
