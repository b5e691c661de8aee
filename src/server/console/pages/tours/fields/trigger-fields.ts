import type { Data } from '../../../../../schema/data.ts'
import { type DraftObject, objectOf, textIn, withEntries } from '../../../content/draft-object.ts'
import { dataRows, readDataRows } from '../../../message/data-rows.ts'
import type { SeenValues } from '../../../message/examples.ts'
import { checkField, selectField } from '../../../ui/forms/form-fields.ts'
import type { FormValues } from '../../../ui/forms/form-values.ts'
import { pickField } from '../../../ui/forms/many-choices.ts'
import { html, type Markup, when } from '../../../ui/markup.ts'
import { shortened } from '../../../ui/shortened.ts'
import type { KnownName } from '../../known-names.ts'

export interface TriggerFieldsOptions {
  trigger: DraftObject
  webhooks: readonly { id: string; name?: string | undefined }[]
  suggestions: readonly KnownName[]
  seen: SeenValues
  tour: { id: string; name: string }
  /** Where a new webhook is made, and the way back here. */
  newWebhook?: string | undefined
}

/** What a trigger does: the webhook, and the data that it is sent. */
export function triggerFields({
  trigger,
  webhooks,
  suggestions,
  seen,
  tour,
  newWebhook,
}: TriggerFieldsOptions): Markup {
  const chosen = textIn(trigger, 'webhook')
  const known =
    chosen === '' || webhooks.some(({ id }) => id === chosen)
      ? []
      : [{ value: chosen, label: `${chosen} (there is none)` }]
  return html`${selectField({ name: 'triggerType', label: 'Trigger type', value: 'webhook', choices: [{ value: 'webhook', label: 'Send data to webhook' }] })}
${pickField({
  name: 'webhook',
  empty: 'Pick a webhook',
  label: 'Webhook',
  value: chosen,
  choices: [...known, ...webhooks.map(({ id, name }) => ({ value: id, label: shortened(name || id) }))],
  hint: when(
    newWebhook,
    href => html`None of these? <a href="${href}">Make a new webhook</a>, and come back here.`,
  ),
})}
${dataRows({ data: objectOf(trigger.data) as unknown as Data, suggestions, seen, tour })}
${checkField({ name: 'repeat', label: 'Send it at every visit of the step', hint: 'Otherwise once for each time the tour is taken, however often somebody goes back and forth.', isChecked: trigger.repeat === true })}`
}

/** What a form says of a trigger. */
export function readTriggerFields(form: FormValues, before: DraftObject): DraftObject {
  const data = readDataRows(form)
  return withEntries(before, {
    type: 'webhook',
    webhook: form.text('webhook'),
    data: Object.keys(data).length > 0 ? (data as unknown as DraftObject) : undefined,
    repeat: form.has('repeat') ? true : undefined,
  })
}
