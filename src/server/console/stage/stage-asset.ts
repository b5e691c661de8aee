import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** The stage's script, and where it is from the console's root; `undefined` where it isn't built. */
export const stageAsset = readStage()

function readStage(): { text: string; path: string } | undefined {
  try {
    // By the package's own name, which holds wherever this code has been built or bundled to.
    const text = readFileSync(createRequire(import.meta.url).resolve('tourhook/tourhook.stage.js'), 'utf8')
    const hash = createHash('sha256').update(text).digest('base64url').slice(0, 10)
    return { text, path: `assets/stage-${hash}.js` }
  } catch {
    return undefined // the stage then says in words what it would show
  }
}
