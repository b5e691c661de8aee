import { readFile } from 'node:fs/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { bundle } from './bundle.ts'
import { table } from './table.ts'

const ours = ['tourhook.js', 'tourhook.full.js']
const peers = {
  'ky 1.14': "export { default } from 'ky'",
  '@snowplow/browser-tracker': "export * from '@snowplow/browser-tracker'",
  '@segment/analytics-next': "export { AnalyticsBrowser } from '@segment/analytics-next'",
  'posthog-js, slim': "export { default } from 'posthog-js/dist/module.slim.js'",
  'posthog-js': "export { default } from 'posthog-js'",
}

/** What a page has to load, beside other senders: all bundled and minified the same way. */
export async function benchSizes(): Promise<string> {
  const scripts = [
    ...(await Promise.all(
      ours.map(async name => [`**${name}**`, await readFile(`dist/${name}`, 'utf8')] as const),
    )),
    ...(await Promise.all(
      Object.entries(peers).map(async ([name, code]) => [name, await bundle(code)] as const),
    )),
  ]
  return table(
    ['script', 'minified, B', 'gzip -9, B', 'brotli 11, B'],
    scripts.map(([name, code]) => [
      name,
      Buffer.byteLength(code),
      gzipSync(code, { level: 9 }).length,
      brotliCompressSync(code).length,
    ]),
  )
}
