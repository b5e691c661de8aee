import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import type { BrowserName } from '../browsers.ts'
import { startDisplay } from './display.ts'
import { install } from './install.ts'

/** `headless-shell` is Chromium's engine without the browser around it. */
export type Program = BrowserName | 'headless-shell'

/** Where Playwright keeps what it has installed. */
const [playwrightFolder] = chromium.executablePath().split('/chromium-')

/** Names on the PATH, and patterns of absolute paths. */
const places: Record<Program, string[]> = {
  chromium: [
    'chromium',
    'google-chrome',
    'chromium-browser',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    chromium.executablePath(),
  ],
  'headless-shell': [
    'chromium-headless-shell',
    `${playwrightFolder}/chromium_headless_shell-*/*/*headless?shell`,
  ],
  firefox: ['firefox-esr', 'firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
  webkit: ['/usr/lib/*/webkit2gtk-4.1/MiniBrowser', '/usr/libexec/webkit2gtk-4.1/MiniBrowser'],
}

interface Found {
  path: string
  version: string
}

/** The environment variable that names the executable, and goes before all else: `TOURHOOK_HEADLESS_SHELL`. */
function variableOf(name: Program): string {
  return `TOURHOOK_${name.toUpperCase().replace('-', '_')}`
}

/** The executable that this run has found, or finds. */
export async function executableOf(name: Program): Promise<string> {
  return process.env[variableOf(name)] ?? (await findOrInstall(name))
}

/**
 * The path of a browser that runs, after installing it if need be; prints which one it is and leaves it in the
 * environment, so that a test run looks once. Throws when there is none to be had: no browser test is ever skipped.
 */
export async function findOrInstall(name: Program): Promise<string> {
  const found =
    (await find(name)) ??
    (await install(name, () => find(name))) ??
    // The shell saves time, no more.
    (name === 'headless-shell' ? await find('chromium') : undefined)
  if (found === undefined) {
    const looked = process.env[variableOf(name)] ?? places[name].join(', ')
    throw new Error(`No ${name} that runs: looked for ${looked}. Set ${variableOf(name)} to its executable.`)
  }
  console.info(`${name}: ${found.version} at ${found.path}`)
  process.env[variableOf(name)] = found.path
  return found.path
}

async function find(name: Program): Promise<Found | undefined> {
  const override = process.env[variableOf(name)]
  for (const place of override === undefined ? places[name] : [override]) {
    for (const path of await executables(place)) {
      const version = name === 'webkit' ? await webkitVersion(path) : await versionOf(path)
      // Ubuntu's chromium-browser is there and does not run: it only points to a snap.
      if (version !== undefined) return { path, version }
    }
  }
  return undefined
}

async function executables(place: string): Promise<string[]> {
  const folders = process.env.PATH?.split(delimiter) ?? []
  const paths = place.includes('/') ? globSync(place) : folders.map(folder => join(folder, place))
  const found: string[] = []
  for (const path of paths) {
    await access(path, constants.X_OK).then(
      () => found.push(path),
      () => {}, // not here, which is what the others are for
    )
  }
  return found
}

async function versionOf(path: string, env = process.env): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { env })
    return stdout.trim()
  } catch {
    return undefined // it does not run here, and another may
  }
}

/** MiniBrowser needs a driver and a display, the latter even to tell its version. */
async function webkitVersion(path: string): Promise<string | undefined> {
  const needed = await Promise.all(['WebKitWebDriver', 'Xvfb'].map(executables))
  if (needed.some(paths => paths.length === 0)) return undefined
  const display = await startDisplay()
  try {
    return await versionOf(path, { ...process.env, DISPLAY: display.name })
  } finally {
    await display.stop()
  }
}
