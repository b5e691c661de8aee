import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

export interface ServedFile {
  type: string
  text: string
}

/** The file that a folder beside this one has at a path; `undefined` when there is none. */
export async function readServedFile(folder: string, pathname: string): Promise<ServedFile | undefined> {
  const root = new URL(`${folder}/`, import.meta.url)
  const type = types[extname(pathname)]
  if (!type || !URL.canParse(`.${pathname}`, root)) return undefined
  const file = new URL(`.${pathname}`, root)
  // Dots lead out of the folder, however they are written.
  if (!file.href.startsWith(root.href)) return undefined
  try {
    return { type, text: await readFile(file, 'utf8') }
  } catch {
    return undefined // there is none, which the browser is told as 404
  }
}
