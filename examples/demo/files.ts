import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

export interface ServedFile {
  type: string
  text: string
}

/** A file beside this one, by its path from here, such as `site/demo.css`; `undefined` when there is none. */
export async function readServedFile(path: string): Promise<ServedFile | undefined> {
  const type = types[extname(path)]
  if (!type) return undefined
  try {
    return { type, text: await readFile(fileURLToPath(new URL(path, import.meta.url)), 'utf8') }
  } catch {
    return undefined // there is none, which the browser is told as 404
  }
}
