import type { Json } from '../../../../values/json.ts'
import type { SavedDraft } from '../../content/drafts.ts'
import { type Clash, withValueAt } from '../../content/merge-drafts.ts'
import { hiddenField } from '../../ui/forms/form-fields.ts'
import type { FormValues } from '../../ui/forms/form-values.ts'
import { html, type Markup, nothing } from '../../ui/markup.ts'
import { noteBar } from '../../ui/notes.ts'
import { ago } from '../../ui/time.ts'

/**
 * Two people have changed the same thing, or one has in two tabs: each value side by side, and a choice for each.
 *
 * @param person who has sent the later change
 */
export function clashForm(
  { item, clashes, merged }: SavedDraft,
  { person, action, back, now }: { person: string; action: string; back: string; now: number },
): Markup {
  const { by = 'Somebody', at } = item
  const isOwn = by === person
  const when = at === undefined ? nothing : ago(at, now)
  const what = isOwn
    ? html`<b>The same was changed under your name</b> ${when}, after this page was loaded: in another tab, perhaps, or before you went back.`
    : html`<b>${by} has changed the same.</b> They saved ${when}.`
  const labels = isOwn
    ? { theirs: 'As saved', mine: 'As you have it now' }
    : { theirs: 'Theirs', mine: 'Yours' }
  return html`<form method="post" action="${action}" class="stack">
${noteBar({
  tone: 'wait',
  text: html`<p>${what} Nothing of yours is lost: choose what to keep. Everything that doesn’t clash is kept from both.</p>`,
})}
${hiddenField('rev', item.rev)}${hiddenField('merged', JSON.stringify(merged ?? null))}${hiddenField('back', back)}
${clashes.map(
  (
    { path, mine, theirs },
    index,
  ) => html`<fieldset class="card"><legend class="hidden">${path.join(', ')}</legend><h2>${path.join(' › ')}</h2>
${hiddenField(`path.${index}`, JSON.stringify(path))}${hiddenField(`mine.${index}`, JSON.stringify(mine ?? null))}${mine === undefined ? hiddenField(`gone.${index}`, '1') : ''}
<div class="choices"><label class="choice"><input type="radio" name="choice.${index}" value="theirs" checked><span><strong>${labels.theirs}</strong><br>${valueText(theirs)}</span></label>
<label class="choice"><input type="radio" name="choice.${index}" value="mine"><span><strong>${labels.mine}</strong><br>${valueText(mine)}</span></label></div></fieldset>`,
)}
<div class="buttons"><button class="button primary">Save</button><a class="button quiet" href="${action}">Leave ${isOwn ? 'it as saved' : 'theirs as it is'}</a></div></form>`
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
