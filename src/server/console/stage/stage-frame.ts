import { html, type Markup, queryOf, segment } from '../ui/markup.ts'
import type { StagedKind } from './staged-content.ts'

export interface StageAddress {
  kind: StagedKind
  id: string
  step?: string | undefined
}

/** Where a draft is on the stage, from the console's root. A form that is posted there is shown unsaved. */
export function stagePath({ kind, id, step }: StageAddress): string {
  return `stage/${kind}/${segment(id)}${queryOf({ step })}`
}

/** The stage beside a form. Tab passes it by: a modal on it would keep the focus, as it does on the site. */
export function stageFrame(address: StageAddress, root: string): Markup {
  const href = `${root}${stagePath(address)}`
  return html`<section class="card" aria-labelledby="stage-title"><header><h2 id="stage-title">What visitors see</h2><p><a href="${href}" target="_blank" rel="noopener">in a tab of its own</a></p></header><iframe class="stage" name="stage" title="What visitors see" src="${href}" tabindex="-1"></iframe></section>`
}
