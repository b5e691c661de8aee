import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const { resolve } = createRequire(import.meta.url)

/** Libraries that no registry of packages has, but Debian. */
const debian = {
  prototype: { package: 'libjs-prototype', file: '/usr/share/javascript/prototype/prototype.js' },
  mootools: { package: 'libjs-mootools', file: '/usr/share/javascript/mootools/mootools-core-nc.js' },
}

/** The source of an old library, which is installed first if it is missing. Throws when there is none to be had. */
export function oldLibrary(name: keyof typeof debian): string {
  const { package: from, file } = debian[name]
  if (!existsSync(file)) {
    const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
    execFileSync('apt-get', ['update'], options)
    execFileSync('apt-get', ['install', '--yes', '--no-install-recommends', from], options)
  }
  return readFileSync(file, 'utf8')
}

/** The source of a file of an installed package, whether or not the package exports it. */
export function packageFile(name: string, file: string): string {
  const root = resolve.paths(name)?.find(folder => existsSync(join(folder, name)))
  return readFileSync(join(root ?? 'node_modules', name, file), 'utf8')
}
