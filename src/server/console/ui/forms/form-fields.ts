import { html, type Markup, nothing, when } from '../markup.ts'

interface FieldOptions {
  name: string
  label: string
  value?: string | undefined
  hint?: string | Markup | undefined
  error?: string | undefined
  isOptional?: boolean | undefined
  isDisabled?: boolean | undefined
}

/** A line of text. */
export function textField({
  type = 'text',
  placeholder,
  isRequired = false,
  list,
  ...field
}: FieldOptions & {
  type?: 'text' | 'url' | 'number' | 'password' | 'datetime-local' | 'email' | undefined
  placeholder?: string | undefined
  isRequired?: boolean | undefined
  /** The id of a list of suggestions. */
  list?: string | undefined
}): Markup {
  const isSecret = type === 'password'
  return fieldOf(
    field,
    html`<input id="${idOf(field)}" name="${field.name}" type="${type}" value="${field.value ?? ''}"${attributesOf(field)}${
      placeholder ? html` placeholder="${placeholder}"` : nothing
    }${isRequired ? html` required` : nothing}${list ? html` list="${list}"` : nothing} autocomplete="${
      isSecret ? 'current-password' : 'off'
    }"${type === 'number' ? html` step="any"` : nothing}>`,
  )
}

/** Several lines of text; `isCode` for JSON. */
export function textArea({
  isCode = false,
  ...field
}: FieldOptions & { isCode?: boolean | undefined }): Markup {
  // The first line break after the tag is not part of the text.
  return fieldOf(
    field,
    html`<textarea id="${idOf(field)}" name="${field.name}"${attributesOf(field)}${
      isCode ? html` class="code" spellcheck="false"` : nothing
    }>
${field.value ?? ''}</textarea>`,
  )
}

export interface Choice {
  value: string
  label: string
  hint?: string | undefined
}

/** One of several. */
export function selectField({ choices, ...field }: FieldOptions & { choices: readonly Choice[] }): Markup {
  return fieldOf(
    field,
    html`<select id="${idOf(field)}" name="${field.name}"${attributesOf(field)}>${choices.map(
      ({ value, label }) =>
        html`<option value="${value}"${value === (field.value ?? '') ? html` selected` : nothing}>${label}</option>`,
    )}</select>`,
  )
}

/** Yes or no. */
export function checkField({
  name,
  label,
  hint,
  isChecked = false,
  value = 'on',
  isDisabled = false,
}: {
  name: string
  label: string | Markup
  hint?: string | Markup | undefined
  isChecked?: boolean | undefined
  value?: string | undefined
  isDisabled?: boolean | undefined
}): Markup {
  return html`<label class="check"><input type="checkbox" name="${name}" value="${value}"${
    isChecked ? html` checked` : nothing
  }${isDisabled ? html` disabled` : nothing}><span>${label}${when(
    hint,
    text => html`<span class="hint">${text}</span>`,
  )}</span></label>`
}

/** A value that the person doesn't see. */
export function hiddenField(name: string, value: string | number): Markup {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

function fieldOf(field: FieldOptions, control: Markup): Markup {
  const { label, hint, error, isOptional } = field
  const id = idOf(field)
  return html`<div class="field"><label for="${id}">${label}${
    isOptional ? html` <span class="optional">optional</span>` : nothing
  }</label>${control}${when(error, text => html`<p class="error" id="${id}-error">${text}</p>`)}${when(
    hint,
    text => html`<p class="hint" id="${id}-hint">${text}</p>`,
  )}</div>`
}

function attributesOf(field: FieldOptions): Markup {
  const id = idOf(field)
  const described = [field.error && `${id}-error`, field.hint && `${id}-hint`].filter(Boolean).join(' ')
  return html`${described ? html` aria-describedby="${described}"` : nothing}${
    field.error ? html` aria-invalid="true"` : nothing
  }${field.isDisabled ? html` disabled` : nothing}`
}

function idOf({ name }: FieldOptions): string {
  return `f-${name.replace(/[^\w-]/g, '-')}`
}
