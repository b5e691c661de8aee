import type { Json } from '../../src/values/json.ts'
import { adminToken } from './companion.ts'
import { type ConsoleSite, startConsoleSite } from './console-site.ts'
import type { SitePage } from './site.ts'

interface LinkOptions {
  tour: string
  step?: string
  /** @default 'edit' */
  mode?: 'pick' | 'edit' | 'try'
}

/** A site whose pages load the editor, the companion of its tours, and a receiver for the webhook `crm`. */
export interface EditSite extends ConsoleSite {
  /** Makes a draft; its id. */
  createTour(draft: { [key: string]: Json }): Promise<string>
  draftOf(tour: string): Promise<{ rev: number; draft: { steps: { [key: string]: Json }[] } }>
  /** Somebody else saves. */
  save(tour: string, rev: number, draft: Json): Promise<void>
  /** Publishes all drafts. */
  publish(): Promise<void>
  /** A page's address with a code, as the console makes it. */
  link(path: string, options: LinkOptions): Promise<string>
}

export async function startEditSite(pages: (companion: string) => Record<string, SitePage>): Promise<EditSite> {
  const started = await startConsoleSite({ adminToken, pages })
  const { origin, site, receiver } = started
  let count = 0

  async function admin<Answer>(method: string, path: string, body?: Json): Promise<Answer> {
    const response = await fetch(`${origin}/v1/admin/${path}`, {
      method,
      headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Answer
  }
  const post = (path: string, cookie: string, form: Record<string, string>) =>
    fetch(`${origin}/console/${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin, cookie },
      body: new URLSearchParams(form),
    })

  await admin('POST', 'webhooks', { id: 'crm', name: 'CRM', url: receiver.url('/crm'), transport: 'relay' })
  const signedIn = await post('sign-in', '', { token: adminToken })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''

  return {
    ...started,
    async createTour(draft) {
      count += 1
      const id = `tour-${count}`
      await admin('POST', 'documents/tours', { id, name: `Tour ${count}`, ...draft })
      return id
    },
    draftOf: tour => admin('GET', `documents/tours/${tour}`),
    async save(tour, rev, draft) {
      await admin('PUT', `documents/tours/${tour}`, { rev, draft })
    },
    async publish() {
      await admin('POST', 'versions', {})
    },
    async link(path, { tour, step, mode = 'edit' }) {
      const form = { mode, address: site.url(path), ...(step !== undefined && { step }) }
      const page = await (await post(`tours/${tour}/on-page`, cookie, form)).text()
      const href = /href="([^"]*tourhook-edit=[\w-]+)"/.exec(page)?.[1]
      if (!href) throw new Error(`The console has made no link: ${page}`)
      return href.replaceAll('&amp;', '&')
    },
  }
}
