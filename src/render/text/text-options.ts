import type { Lookup } from '../../message/template.ts'

export interface TextOptions {
  /** What a link to `step:ID` does. Without it, such a link is text. */
  onStep?: ((step: string) => void) | undefined
  /** Finds the values of `{placeholders}`: they are text, whatever they hold. Without it, placeholders stay. */
  lookup?: Lookup | undefined
}
