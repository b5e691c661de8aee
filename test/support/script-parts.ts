import { SourceMap } from 'node:module'
import { resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { type RollupOptions, rollup } from 'rollup'
import { loadConfigFile } from 'rollup/loadConfigFile'

interface Part {
  /** The module, from `src` on. */
  module: string
  minified: number
  /** What the script would be smaller by without it, in bytes of brotli; repeated patterns count for none of the parts. */
  brotli: number
}

const brotliSize = (code: string) => brotliCompressSync(code).length

/** What each module takes of a script, the largest first. */
export function partsOf(code: string, map: SourceMap): Part[] {
  const modules = [...code].map((_, column) => {
    const entry = map.findEntry(0, column)
    return 'originalSource' in entry ? entry.originalSource.replace(/^.*\/(?=src\/|node_modules\/)/, '') : ''
  })
  const whole = brotliSize(code)
  return [...new Set(modules)]
    .map(module => {
      const without = [...code].filter((_, column) => modules[column] !== module).join('')
      return { module, minified: code.length - without.length, brotli: whole - brotliSize(without) }
    })
    .sort((a, b) => b.brotli - a.brotli)
}

/** Builds a script as the package does, with the map that says where each character comes from. */
async function build(file: string): Promise<{ code: string; map: SourceMap }> {
  const { options } = await loadConfigFile(resolve('rollup.config.mjs'), { configJs: true, silent: true })
  const isIts = ({ output }: RollupOptions) => [output].flat().some(each => each?.file === file)
  const config = options.find(isIts)
  if (!config) throw new Error(`no script is called ${file}`)
  const [output = {}] = [config.output].flat()
  const {
    output: [chunk],
  } = await (await rollup(config)).generate({ ...output, sourcemap: true })
  if (!chunk.map) throw new Error('the build has no map')
  const { code, map } = chunk
  return { code: code.trimEnd(), map: new SourceMap({ ...map, file, sourceRoot: '', sourcesContent: [] }) }
}

// node test/support/script-parts.ts [dist/tourhook.js]
if (process.argv[1] === import.meta.filename) {
  const { code, map } = await build(process.argv[2] ?? 'dist/tourhook.js')
  console.table(partsOf(code, map))
}
