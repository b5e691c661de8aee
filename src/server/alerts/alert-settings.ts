import { type OperationalEventName, operationalEventNames } from '../../schema/event.ts'
import type { Json } from '../../values/json.ts'

/** Who gets which operational events by e-mail. */
export interface AlertSettings {
  addresses: string[]
  events: OperationalEventName[]
}

/** The settings as they are kept; until somebody is entered, nobody gets any. */
export function alertSettingsIn(kept: Json | undefined): AlertSettings {
  const textsIn = (key: string) => {
    const list: unknown = typeof kept === 'object' && kept !== null ? Reflect.get(kept, key) : undefined
    return Array.isArray(list) ? list.filter(text => typeof text === 'string') : []
  }
  const events = textsIn('events')
  return {
    addresses: textsIn('addresses'),
    events: operationalEventNames.filter(name => events.includes(name)),
  }
}

/** Whether a text is one e-mail address, by its form. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+\.[^\s@<>,;:"()[\]\\]+$/.test(text)
}
