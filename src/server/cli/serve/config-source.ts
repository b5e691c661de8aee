import { unwatchFile, watchFile } from 'node:fs'
import type { Config } from '../../../schema/config.ts'
import { readConfig } from '../check/config-file.ts'

/** How often the file is looked at, in milliseconds; a look works on every disk and with every editor. */
const watchEveryMs = 300

export interface ConfigSourceOptions {
  file: string
  /** The first, which has been read already. */
  config: Config
  /** Takes over a config; what it throws keeps the one before. */
  onRead: (config: Config) => Promise<void>
  /** The file can't be read, or has problems. */
  onProblem: (error: unknown) => void
}

/** A config file that is read again while the companion runs. */
export interface ConfigSource {
  /** The last one without problems: the same object until there is another. */
  current(): Config
  /** Reads the file; with problems, everything stays as it was. */
  reload(): Promise<void>
  /** Reads it whenever it changes; returns the undo. */
  watch(): () => void
}

/** Follows a config file. */
export function createConfigSource({ file, config, onRead, onProblem }: ConfigSourceOptions): ConfigSource {
  let current = config

  async function reload(): Promise<void> {
    const before = current
    try {
      current = await readConfig(file)
      await onRead(current)
    } catch (error) {
      current = before
      onProblem(error)
    }
  }

  return {
    current: () => current,
    reload,
    watch() {
      const onChange = () => void reload()
      watchFile(file, { interval: watchEveryMs, persistent: false }, onChange)
      return () => unwatchFile(file, onChange)
    },
  }
}
