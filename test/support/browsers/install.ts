import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Program } from './find.ts'

/** Both of Chromium's at once: the tests need both. */
const chromium = ['chromium', 'chromium-headless-shell']
const packages: Record<Program, string[]> = {
  chromium,
  'headless-shell': chromium,
  firefox: ['firefox-esr'],
  webkit: ['webkit2gtk-driver', 'xvfb'],
}

/** Runs one installer after the other until `find` finds; `undefined` when none helped or there is none here. */
export async function install<Found>(
  name: Program,
  find: () => Promise<Found | undefined>,
): Promise<Found | undefined> {
  for (const commands of installers(name)) {
    console.info(`${name} is missing: ${commands.map(command => command.join(' ')).join(' && ')}`)
    if (!(await runAll(commands))) continue
    const found = await find()
    if (found !== undefined) return found
  }
  return undefined
}

/** Each a list of command lines. */
function installers(name: Program): string[][][] {
  const isRoot = process.getuid?.() === 0
  const debian = [
    ['apt-get', 'update'],
    ['apt-get', 'install', '--yes', '--no-install-recommends', ...packages[name]],
  ]
  const cli = join(createRequire(import.meta.url).resolve('playwright-core/package.json'), '../cli.js')
  const libraries = isRoot ? ['--with-deps'] : []
  const playwright = [[process.execPath, cli, 'install', ...libraries, 'chromium']]
  return [
    ...(isRoot && existsSync('/usr/bin/apt-get') ? [debian] : []),
    ...(packages[name] === chromium ? [playwright] : []),
  ]
}

async function runAll(commands: string[][]): Promise<boolean> {
  for (const [command = '', ...args] of commands) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const [code] = await once(spawn(command, args, { env, stdio: ['ignore', 'inherit', 'inherit'] }), 'exit')
    if (code !== 0) return false
  }
  return true
}
