import { handWoundClock } from '../server/support/clock.ts'
import { origin } from './companion.ts'
import { authorToken, type ConsoleUser, startConsole } from './console.ts'

/** A console with one tour of two steps, an author at work on it, and pages of the site that ask in the author's name. */
export async function startOnPage({
  config = url => ({
    webhooks: [{ id: 'crm', name: 'CRM', url: url('/secret-path'), transport: 'relay' }],
  }),
  ...options
}: NonNullable<Parameters<typeof startConsole>[0]> = {}) {
  const clock = handWoundClock()
  const started = await startConsole({ config, clock, ...options })
  const [owner, ben] = [await started.signIn(), await started.signIn(authorToken)]
  await owner.post('tours', { name: 'Crew welcome' })
  await owner.post('tours/crew-welcome/steps', { type: 'pointer' })

  /** The page with the link that opens the site. */
  const ask = (who: ConsoleUser, form: Record<string, string> = {}) =>
    who.post('tours/crew-welcome/on-page', {
      mode: 'edit',
      step: 'pointer',
      address: `${origin}/pricing`,
      ...form,
    })
  async function codeFor(who: ConsoleUser, form: Record<string, string> = {}): Promise<string> {
    const { html } = await ask(who, form)
    return /tourhook-edit=([\w-]+)"/.exec(html)?.[1] ?? ''
  }
  const redeem = (code: string, from = origin) =>
    started.page('POST', '/v1/edit/session', { code }, { origin: from })
  /** Asks with a token, as the editor on a page of the site does. */
  const asking = (token: string) => ({
    token,
    call: (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
      started.page(method, path, body, { authorization: `Bearer ${token}`, ...headers }),
    draft: (headers: Record<string, string> = {}) =>
      started.page('GET', '/v1/edit/draft', undefined, { authorization: `Bearer ${token}`, ...headers }),
    save: (rev: number, draft: unknown, headers: Record<string, string> = {}) =>
      started.page('PUT', '/v1/edit/draft', { rev, draft }, { authorization: `Bearer ${token}`, ...headers }),
  })
  async function open(who: ConsoleUser = ben, form: Record<string, string> = {}) {
    const { json } = await redeem(await codeFor(who, form))
    return asking(json.token)
  }

  return { ...started, clock, owner, ben, ask, codeFor, redeem, asking, open }
}

export type OnPage = Awaited<ReturnType<typeof startOnPage>>

/** The draft with one step's entries changed. */
export function withStepOf(draft: { steps: { id: string }[] }, id: string, changes: object) {
  return { ...draft, steps: draft.steps.map(step => (step.id === id ? { ...step, ...changes } : step)) }
}
