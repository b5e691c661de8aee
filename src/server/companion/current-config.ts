import { type Config, parseConfig } from '../../schema/config.ts'

/**
 * The config as it is now, checked once for each that there is. One with problems changes nothing but is reported.
 *
 * @param config A constant, or a function that returns the same object until the config has changed.
 * @throws {ConfigError} when the first one has problems.
 */
export function createCurrentConfig(
  config: Config | (() => Config),
  onError: (error: unknown) => void,
): () => Config {
  const read = typeof config === 'function' ? config : () => config
  let given = read()
  let parsed = parseConfig(given)

  return () => {
    const current = read()
    if (current === given) return parsed
    given = current
    try {
      parsed = parseConfig(current)
    } catch (error) {
      onError(error)
    }
    return parsed
  }
}
