import { readFile } from 'node:fs/promises'
import { type CheckedConfig, type Config, checkConfig } from '../../../schema/config.ts'
import { ConfigError, type Problem } from '../../../schema/problems/config-error.ts'
import { JsonFault, type JsonText, readJsonText } from '../../../schema/problems/json/json-text.ts'

/**
 * Reads and checks a config file.
 *
 * @throws {ConfigError} lists every problem with its line, that it is no JSON among them.
 * @throws {Error} when the file can't be read.
 */
export async function readConfig(path: string): Promise<Config> {
  const { config, problems } = await checkConfigFile(path)
  if (!config) throw new ConfigError(problems)
  return config
}

/**
 * Reads a config file, and finds all that is wrong with it, each with its line and column.
 *
 * @throws {Error} when the file can't be read.
 */
export async function checkConfigFile(path: string): Promise<CheckedConfig> {
  const json = parse(await read(path))
  if (json instanceof JsonFault) {
    const { message, position } = json
    return {
      problems: [{ path: '', message: `is not JSON: ${message}`, ...position }],
      warnings: [],
      notes: [],
    }
  }
  const { config, problems, warnings, notes } = checkConfig(json.value)
  const located = (found: readonly Problem[]) => inOrder(found.map(problem => locate(problem, json)))
  return {
    ...(config && { config }),
    problems: located(problems),
    warnings: located([...json.doubled, ...warnings]),
    notes: located(notes),
  }
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

function parse(text: string): JsonText | JsonFault {
  try {
    return readJsonText(text)
  } catch (error) {
    if (error instanceof JsonFault) return error
    throw error
  }
}

function locate(problem: Problem, { positionOf }: JsonText): Problem {
  const [, key] = /^unknown key "([^"]*)"/.exec(problem.message) ?? []
  const path = key === undefined ? problem.path : `${problem.path}${problem.path && '.'}${key}`
  return { ...problem, ...positionOf(path) }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
}
