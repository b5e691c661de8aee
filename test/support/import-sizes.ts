import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build as esbuild } from 'esbuild'
import { type Rolldown, build as vite } from 'vite'

/** The page that says what each import adds to an app. */
export const importSizesIn = 'docs/frameworks.md'

/** A page with the sizes as they are, in each row that begins with an import; the code that is bundled is the row's. */
export async function withImportSizes(text: string): Promise<string> {
  const rows = [...text.matchAll(/^\| `(import [^`]+)` [^\n]*$/gm)]
  let page = text
  for (const [row, code = ''] of rows) {
    const sizes = [await throughEsbuild(code), await throughVite(code)].map(bytes => (bytes / 1_000).toFixed(1))
    page = page.replace(row, `| \`${code}\` | ${sizes.join(' | ')} |`)
  }
  return page
}

/** Nothing is kept that is not used, so what is imported is exported again. */
function used(code: string): string {
  return code.replace('import {', 'export {')
}

async function throughEsbuild(code: string): Promise<number> {
  const { outputFiles } = await esbuild({
    stdin: { contents: used(code), resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  })
  return compressed(outputFiles[0]?.text ?? '')
}

async function throughVite(code: string): Promise<number> {
  const name = '\0entry'
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id.endsWith('entry.js') ? name : builtFile(id)),
    load: (id: string) => (id === name ? used(code) : null),
  }
  const { output } = (await vite({
    configFile: false,
    logLevel: 'silent',
    plugins: [entry],
    build: {
      write: false,
      lib: { entry: 'entry.js', formats: ['es'] },
      minify: true,
    },
  }).then(result => (Array.isArray(result) ? result[0] : result))) as Rolldown.RolldownOutput
  return compressed(output.map(file => (file.type === 'chunk' ? file.code : '')).join(''))
}

/** What the package's own name stands for, as npm would have it. */
function builtFile(id: string): string | null {
  const [, entry = 'index'] = /^tourhook(?:\/(\w+))?$/.exec(id) ?? [null, null]
  return entry === null ? null : join(process.cwd(), 'dist', `${entry}.js`)
}

function compressed(code: string): number {
  return code.trim() === '' ? 0 : brotliCompressSync(code).length
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(importSizesIn, await withImportSizes(readFileSync(importSizesIn, 'utf8')))
}
