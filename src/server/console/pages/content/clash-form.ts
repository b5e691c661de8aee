import type { Json } from '../../../../values/json.ts'
import type { SavedDraft } from '../../content/drafts.ts'
import { type Clash, withValueAt } from '../../content/merge-drafts.ts'
import { hiddenField } from '../../ui/forms/form-fields.ts'
import type { FormValues } from '../../ui/forms/form-values.ts'
import { html, type Markup } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { ago } from '../../ui/time.ts'

/** Two people have changed the same thing: each value side by side, and a choice for each. */
export function clashForm(
  { item, clashes, merged }: SavedDraft,
  { action, back, now }: { action: string; back: string; now: number },
): Markup {
  const who = item.by ?? 'Somebody'
  return html`<form method="post" action="${action}" class="stack">
${noteBar({
  tone: 'wait',
  text: html`<p><b>${who} has changed the same.</b> ${item.at === undefined ? '' : html`They saved ${ago(item.at, now)}.`} Nothing of yours is lost: choose what to keep. Everything that doesn’t clash is kept from both.</p>`,
})}
${hiddenField('rev', item.rev)}${hiddenField('merged', JSON.stringify(merged ?? null))}${hiddenField('back', back)}
${clashes.map(
  (
    { path, mine, theirs },
    index,
  ) => html`<fieldset class="card"><legend class="hidden">${path.join(', ')}</legend><h2>${path.join(' › ')}</h2>
${hiddenField(`path.${index}`, JSON.stringify(path))}${hiddenField(`mine.${index}`, JSON.stringify(mine ?? null))}${mine === undefined ? hiddenField(`gone.${index}`, '1') : ''}
<div class="choices"><label class="choice"><input type="radio" name="choice.${index}" value="theirs" checked><span><strong>Theirs</strong><br>${valueText(theirs)}</span></label>
<label class="choice"><input type="radio" name="choice.${index}" value="mine"><span><strong>Yours</strong><br>${valueText(mine)}</span></label></div></fieldset>`,
)}
<div class="buttons"><button class="button primary">Save</button><a class="button quiet" href="${action}">Leave theirs as it is</a></div></form>`
}

/** The draft that the choices come to. */
export function readClashForm(form: FormValues): { draft: Json; rev: number; back: string } | undefined {
  try {
    let draft: Json | undefined = JSON.parse(form.exact('merged'))
    const count = form.names().filter(name => /^path\.\d+$/.test(name)).length
    for (let index = 0; index < count; index += 1) {
      if (form.text(`choice.${index}`) !== 'mine') continue
      const path: Clash['path'] = JSON.parse(form.exact(`path.${index}`))
      const mine: Json = JSON.parse(form.exact(`mine.${index}`))
      draft = withValueAt(draft, path.map(String), form.has(`gone.${index}`) ? undefined : mine)
    }
    return { draft: draft ?? null, rev: Number(form.text('rev')), back: form.text('back') }
  } catch {
    return undefined // a form that nobody's page has made
  }
}

function valueText(value: Json | undefined): Markup {
  if (value === undefined) return html`<span class="soft">removed</span>`
  return typeof value === 'string' ? html`${value}` : html`<code>${JSON.stringify(value)}</code>`
}
