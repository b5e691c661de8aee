import type { Config } from './schema/config.ts'

/**
 * Fetches a config, such as `/tourhook.json` or the companion's `/v1/config.json`.
 *
 * @throws {Error} when it can't be had or is no JSON.
 */
export async function loadConfig(url: string): Promise<Config> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`the config's status is ${response.status}`)
  return response.json()
}
