import type { Json } from '../values/json.ts'
export const buttons = '[type=submit], [type=reset], [type=button], [type=image]'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

export function isControl(element: Element): element is Control {
  return element.matches('input, select, textarea')
}

export function controlValue(control: Control): Json | undefined {
  const { type, value } = control
  if (type === 'checkbox') return (control as HTMLInputElement).checked
  if (type === 'radio') return (control as HTMLInputElement).checked ? value : undefined
  // Emptied, it is as empty as a text is.
  if (type === 'number' || type === 'range') return value && Number(value)
  if (type === 'select-multiple')
    return Array.from((control as HTMLSelectElement).selectedOptions, option => option.value)
  return type === 'file' ? undefined : value
}
