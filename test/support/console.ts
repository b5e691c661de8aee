import { Window } from 'happy-dom'
import type { Config } from '../../src/schema/config.ts'
import type { CompanionOptions } from '../../src/server/companion/companion.ts'
import type { Store } from '../../src/server/stores/store.ts'
import { adminToken, startCompanion } from './companion.ts'

export const authorToken = 'the-token-of-ben-the-author-of-40-letters'
export const viewerToken = 'the-token-of-vera-the-viewer-of-40-letter'

const site = 'http://companion.test'

export type ConsoleUser = Awaited<ReturnType<Awaited<ReturnType<typeof startConsole>>['signIn']>>

/** A companion with a console, and people who use it without a script: their requests are those of plain forms. */
export async function startConsole({
  config,
  ...options
}: { config?: (url: (path: string) => string) => Config; store?: Store } & Partial<
  Omit<CompanionOptions, 'config' | 'emitter'>
> = {}) {
  const started = await startCompanion({
    ...(config && { config }),
    console: {
      admins: [
        { name: 'Ben', token: authorToken, role: 'author' },
        { name: 'Vera', token: viewerToken, role: 'viewer' },
      ],
    },
    ...options,
  })

  /** One request, as a browser of this site makes it. */
  async function request(
    path: string,
    {
      form,
      cookie,
      headers = {},
    }: { form?: Record<string, string | string[]>; cookie?: string; headers?: Record<string, string> } = {},
  ) {
    const body = new URLSearchParams()
    for (const [name, value] of Object.entries(form ?? {}))
      for (const one of [value].flat()) body.append(name, one)
    const response = await started.companion.fetch(
      new Request(`${site}${path}`, {
        method: form ? 'POST' : 'GET',
        headers: {
          ...(form && { origin: site, 'content-type': 'application/x-www-form-urlencoded' }),
          ...(cookie !== undefined && { cookie }),
          ...headers,
        },
        ...(form && { body: body.toString() }),
      }),
    )
    const location = response.headers.get('location')
    return {
      status: response.status,
      headers: response.headers,
      html: await response.text(),
      /** Where it leads, as the browser resolves it. */
      location: location === null ? undefined : new URL(location, `${site}${path}`).href.slice(site.length),
    }
  }

  async function signIn(token = adminToken) {
    const { headers, status } = await request('/console/sign-in', { form: { token } })
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? ''
    return {
      status,
      cookie,
      get: (path: string, headers?: Record<string, string>) =>
        request(`/console/${path}`, { cookie, ...(headers && { headers }) }),
      post: (path: string, form: Record<string, string | string[]> = {}, headers?: Record<string, string>) =>
        request(`/console/${path}`, { form, cookie, ...(headers && { headers }) }),
    }
  }

  return { ...started, request, signIn }
}

/** The value of a hidden or shown field in a page. */
export function fieldIn(html: string, name: string): string {
  const [tag = ''] = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html) ?? []
  return /value="([^"]*)"/.exec(tag)?.[1] ?? ''
}

/** All that a page's form sends when nothing in it is changed; the form is the one that goes to this address. */
export function formIn(html: string, action: string): Record<string, string[]> {
  const { DOMParser } = new Window()
  const page = new DOMParser().parseFromString(html, 'text/html')
  const form = [...page.querySelectorAll('form')].find(each => each.getAttribute('action')?.endsWith(action))
  const sent: Record<string, string[]> = {}
  const add = (name: string | null, value: string) => {
    if (name) sent[name] = [...(sent[name] ?? []), value]
  }
  for (const control of form?.querySelectorAll('input, select, textarea') ?? []) {
    const name = control.getAttribute('name')
    if (control.localName === 'textarea') add(name, (control.textContent ?? '').replace(/^\n/, ''))
    else if (control.localName === 'select') {
      const options = [...control.querySelectorAll('option')]
      const chosen = options.find(option => option.hasAttribute('selected')) ?? options[0]
      add(name, chosen?.getAttribute('value') ?? '')
    } else if (!/checkbox|radio/.test(control.getAttribute('type') ?? '') || control.hasAttribute('checked')) {
      add(name, control.getAttribute('value') ?? '')
    }
  }
  return sent
}
