import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

/** The pages that say how large the scripts are. */
export const sizesIn = ['README.md', 'docs/benchmarks.md']

export interface Sizes {
  minified: number
  gzip: number
  brotli: number
}

/** A built script's sizes, in bytes. */
export function scriptSizes(file: string): Sizes {
  const bytes = readFileSync(file)
  return {
    minified: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length,
  }
}

/** A page with the sizes as they are: in its table's rows, and in "6.8 kB for the script tag". */
export function withSizes(text: string): string {
  return text
    .replace(/^\| `(dist\/[\w.]+\.js)` [^\n]*$/gm, (_, file: string) => {
      const { minified, gzip, brotli } = scriptSizes(file)
      const cells = [minified, gzip, brotli].map(size => size.toLocaleString('en'))
      return `| ${`\`${file}\``.padEnd(25)} | ${cells[0]?.padStart(11)} | ${cells[1]?.padStart(10)} | ${cells[2]?.padStart(12)} |`
    })
    .replace(/[\d.]+ kB for the script tag/, () => {
      const { brotli } = scriptSizes('dist/tourhook.js')
      return `${(brotli / 1_000).toFixed(1)} kB for the script tag`
    })
}

if (process.argv[1] === import.meta.filename) {
  for (const page of sizesIn) writeFileSync(page, withSizes(readFileSync(page, 'utf8')))
}
