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
