// What a command needs on a fresh machine, and only what is missing: `node examples/prepare.mjs [install | build | start]`.
// Plain JavaScript: it runs before anything is installed, on any Node.
import { spawn } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const [task] = process.argv.slice(2)

/** What `npm start` needs beside the dependencies, to build and to serve: a tenth of what the tests need. */
const startTools = [
  '@rollup/plugin-node-resolve',
  '@rollup/plugin-terser',
  '@rollup/plugin-typescript',
  'driver.js',
  'node',
  'rollup',
  'rollup-plugin-dts',
  'standardwebhooks',
  'tslib',
  'typescript',
]
const quiet = ['--no-audit', '--no-fund', '--loglevel=error']

if (task === 'build') await build(['--silent'])
else if (task === 'start') await start()
else await install()
if (task === undefined && !isBuilt()) await build(['--silent', '--configJs'])

/** All packages. */
async function install() {
  if (isInstalled() && hasAll()) return
  await told('Installing packages, about a minute', root, 'npm', ['ci', ...quiet])
}

async function start() {
  if (!isInstalled()) await (hasAll() ? install() : installToStart())
  if (!isBuilt()) await build(['--silent', '--configJs'])
}

/** The versions of the lock, a few of its packages: installed beside, then put in place. */
async function installToStart() {
  const folder = join(root, '.start')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  const { overrides, scripts, devDependencies, ...manifest } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  )
  const few = Object.fromEntries(startTools.map(name => [name, devDependencies[name]]))
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, devDependencies: few }))
  copyFileSync(join(root, 'package-lock.json'), join(folder, 'package-lock.json'))
  await told('Installing what the demo needs', folder, 'npm', ['install', ...quiet])
  rmSync(join(root, 'node_modules'), { recursive: true, force: true })
  renameSync(join(folder, 'node_modules'), join(root, 'node_modules'))
  rmSync(folder, { recursive: true, force: true })
}

/** The tests' packages are there, too. */
function hasAll() {
  return existsSync(join(root, 'node_modules/vitest'))
}

/** npm writes this file last. */
function isInstalled() {
  const installed = join(root, 'node_modules/.package-lock.json')
  return existsSync(installed) && timeOf(installed) >= timeOf(join(root, 'package-lock.json'))
}

function isBuilt() {
  const scripts = filesIn('dist').filter(file => file.endsWith('.js'))
  const sources = [...filesIn('src'), join(root, 'rollup.config.mjs'), join(root, 'package-lock.json')]
  return scripts.length > 0 && Math.min(...scripts.map(timeOf)) > Math.max(...sources.map(timeOf))
}

/** Builds over what is there, so that a demo which is running never misses a file; removes what is left over. */
async function build(flags) {
  const startedAt = Date.now()
  await told('Building', root, process.execPath, [
    join(root, 'node_modules/rollup/dist/bin/rollup'),
    '-c',
    ...flags,
  ])
  if (flags.includes('--configJs')) return
  for (const file of filesIn('dist')) if (timeOf(file) < startedAt - 1_000) rmSync(file)
}

/** Runs a command with a line of progress; its own words are shown only if it fails. */
async function told(title, cwd, command, args) {
  const startedAt = Date.now()
  const seconds = () => Math.round((Date.now() - startedAt) / 1_000)
  const { isTTY } = process.stdout
  const show = () =>
    process.stdout.write(isTTY ? `\r${title} … ${seconds()} s ` : `${title} … ${seconds()} s\n`)
  show()
  const timer = setInterval(show, isTTY ? 1_000 : 10_000)
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (words += chunk))
  const code = await new Promise(resolve => child.on('close', resolve).on('error', resolve))
  clearInterval(timer)
  process.stdout.write(`${isTTY ? '\r' : ''}${title}: ${code === 0 ? 'done' : 'failed'} after ${seconds()} s\n`)
  if (code === 0) return
  process.stderr.write(words)
  process.exit(1)
}

function filesIn(folder) {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath ?? entry.path, entry.name))
}

function timeOf(file) {
  return statSync(file).mtimeMs
}
