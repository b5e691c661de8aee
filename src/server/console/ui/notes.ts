import { icon } from './icons.ts'
import { html, type Markup } from './markup.ts'

export interface Note {
  tone: 'good' | 'bad' | 'wait' | 'info'
  text: string | Markup
}

/** A sentence on what has happened or deserves a look. */
export function noteBar({ tone, text }: Note): Markup {
  const picture = tone === 'good' ? 'check' : tone === 'info' ? 'arrow' : 'warning'
  const role = tone === 'bad' ? 'alert' : 'status'
  return html`<div class="note" data-tone="${tone}" role="${role}">${icon(picture)}<div>${text}</div></div>`
}

/** What a redirect may say on the next page: its address carries the name alone, so that nobody can put words there. */
const sayings = {
  saved: 'Saved. Pages see it once it is published.',
  stored: 'Saved. It works from now on.',
  created: 'Made. It works from now on.',
  once: 'This webhook was made already. Its secret is not shown again; a new one can be made below.',
  removed: 'Removed.',
  discarded: 'The draft is discarded; what is published stands.',
  published: 'Published. Every page sees it within a minute.',
  brought: 'That version is now in the drafts. Look at the changes, then publish.',
  resent: 'Queued again. It is sent in a moment.',
  cancelled: 'Cancelled. It will not be sent.',
  enabled: 'Enabled. What has waited is sent now.',
  disabled: 'Disabled. What comes waits until it is enabled again.',
  merged: 'Saved, together with what somebody else has saved in the meantime.',
  unchanged: 'Nothing has changed.',
  moved: 'Moved.',
  copied: 'Copied into the console as a draft.',
  imported: 'Imported into the drafts. Look at the changes, then publish.',
  forgotten: 'Forgotten: their progress, and every message of theirs.',
  ended: 'That session has ended.',
} as const

export type Saying = keyof typeof sayings

/** The note that an address asks for with `?note=`. */
export function noteOf(name: string | undefined): Note | undefined {
  if (name === undefined || !Object.hasOwn(sayings, name)) return undefined
  return { tone: name === 'unchanged' || name === 'once' ? 'info' : 'good', text: sayings[name as Saying] }
}
