import type { Config } from './schema/config.ts'

/**
 * Fetches a config, such as `/tourhook.json` or the companion's `/v1/config.json`.
 *
 * @throws {Error} names the address when it can't be had or is no JSON; `cause` says why.
 */
export async function loadConfig(url: string): Promise<Config> {
  try {
    const response = await fetch(url)
    if (!response.ok) throw new Error(`the status is ${response.status}`)
    return await response.json()
  } catch (cause) {
    throw new Error(`no config at ${url}`, { cause })
  }
}
