import { readFile } from 'node:fs/promises'
import { type Config, parseConfig } from '../../schema/config.ts'
import { ConfigError } from '../../schema/problems/config-error.ts'

/**
 * Reads and checks a config file.
 *
 * @throws {ConfigError} lists every problem, that it is no JSON among them.
 * @throws {Error} when the file can't be read.
 */
export async function readConfig(path: string): Promise<Config> {
  return parseConfig(parse(await read(path)))
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code)
    throw new Error(`${path} can't be read: ${reason}.`, { cause: error })
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    // V8 may quote the text around the fault, where a secret may stand.
    const reason = String(error).replace(/^SyntaxError: |, ".*$| in JSON at position \d+/gs, '')
    throw new ConfigError([{ path: '', message: `is not JSON: ${reason}` }])
  }
}
