import { createHash } from 'node:crypto'

/** A script that the stage loads. */
export interface StageAsset {
  text: string
  /** From the console's root. */
  path: string
}

/** The stage's script; `undefined` where it isn't built, and the stage says in words what it would show. */
export async function stageAsset(): Promise<StageAsset | undefined> {
  const built = await import('../../../../dist/text/tourhook.stage.js').catch(() => undefined) // not built
  if (!built) return undefined
  const { default: text } = built
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 10)
  return { text, path: `assets/stage-${hash}.js` }
}
