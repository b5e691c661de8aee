import type { ConsoleContext } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { html, type Markup } from '../../ui/markup.ts'
import type { Note } from '../../ui/notes.ts'
import { tabBar } from '../../ui/parts.ts'

const tabs = [
  { name: 'Install', path: 'settings' },
  { name: 'People', path: 'settings/people' },
  { name: 'Segments', path: 'segments' },
  { name: 'Alerts', path: 'settings/alerts' },
  { name: 'Import and export', path: 'settings/transfer' },
  { name: 'Audit', path: 'settings/audit' },
]

/** Answers with one of the settings' tabs. */
export function showTab(
  { show }: Pick<ConsoleServices, 'show'>,
  context: ConsoleContext,
  open: string,
  body: Markup,
  { note, status }: { note?: Note | undefined; status?: 200 | 409 | 422 | undefined } = {},
): Promise<Response> {
  const root = context.get('root')
  const bar = tabBar(
    'Settings',
    tabs.map(({ name, path }) => ({ name, href: `${root}${path}`, isCurrent: path === open })),
  )
  return show(context, { title: 'Settings', section: 'Settings', note, body: html`${bar}${body}` }, status)
}
