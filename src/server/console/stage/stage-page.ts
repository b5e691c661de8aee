import type { Staged } from '../../../schema/admin/staged.ts'
import { assetPaths } from '../assets/assets.ts'
import { html, type Markup, nothing, raw, when } from '../ui/markup.ts'
import { stageAsset } from './stage-asset.ts'

/** A page of its own: something to point at, and a draft on it, drawn as visitors see it. */
export async function stagePage(staged: Staged, root: string): Promise<Markup> {
  const script = await stageAsset()
  return html`<!doctype html>
<html lang="en" class="staging">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>As visitors see it</title>
<link rel="stylesheet" href="${root}${assetPaths.css}">
<link rel="icon" href="${root}${assetPaths.svg}" type="image/svg+xml">
<script type="application/json" id="staged">${raw(JSON.stringify(staged).replaceAll('<', '\\u003c'))}</script>
${when(script, ({ path }) => html`<script defer src="${root}${path}"></script>`)}
</head>
<body>
<main>
<p id="stage-words" class="soft" aria-live="polite"></p>
${script ? html`<noscript>${wordsOf(staged)}</noscript>` : wordsOf(staged)}
<div class="site" aria-hidden="true"><i></i><i></i><i></i><span id="stage-target"></span><i></i><i></i></div>
</main>
</body>
</html>`
}

/** For whoever runs no scripts: the renderer is one. */
function wordsOf({ content, step }: Staged): Markup {
  if ('banner' in content) return html`<div class="card"><p>${content.banner.content ?? ''}</p></div>`
  if ('checklist' in content) {
    const { title, items } = content.checklist
    return html`<div class="card stack">${when(title, text => html`<h2>${text}</h2>`)}<ul>${items.map(item => html`<li>☐ ${item.title ?? ''}</li>`)}</ul></div>`
  }
  const { steps = [] } = content.tour
  const shown = step === undefined ? steps[0] : steps.find(each => each.id === step)
  if (!shown || shown.type === 'trigger') return html`<p class="soft">Visitors see nothing of this step.</p>`
  return html`<div class="card stack">${when(shown.title, text => html`<h2>${text}</h2>`)}${when(shown.content, text => html`<p>${text}</p>`)}${
    Array.isArray(shown.fields) && shown.fields.length > 0
      ? html`<ul>${shown.fields.map(field => html`<li>${field.label ?? field.name}</li>`)}</ul>`
      : nothing
  }</div>`
}
