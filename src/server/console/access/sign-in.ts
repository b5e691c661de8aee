import type { MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Clock } from '../../clock.ts'
import { HttpError } from '../../companion/http-error.ts'
import { type ClientAddress, clientOf } from '../../companion/middleware/client-address.ts'
import type { AuditTrail } from '../audit-trail.ts'
import { doorPage } from '../ui/console-layout.ts'
import { textField } from '../ui/forms/form-fields.ts'
import { readFormValues } from '../ui/forms/form-values.ts'
import { html, nothing } from '../ui/markup.ts'
import { createFailedSignIns } from './failed-sign-ins.ts'
import { type KeptForm, keptForm, keptFormFields, readKeptForm, sendKeptForm } from './kept-form.ts'
import { isSecure } from './own-site.ts'
import type { ConsoleContext, ConsoleEnv, Person } from './person.ts'
import { hashOf, type Sessions, sessionMs } from './sessions.ts'

const cookieName = 'tourhook_console'

export interface SignInOptions {
  sessions: Sessions
  audit: AuditTrail
  authorize: ((request: Request, env: unknown) => Person | undefined | Promise<Person | undefined>) | undefined
  /** Whether anybody has a token. */
  hasTokens: boolean
  clientAddress: ClientAddress
  clock: Pick<Clock, 'elapsed'>
}

/** Finds out who asks, shows the sign-in to whoever is nobody yet, and lets the others on. */
export function signIn({
  sessions,
  audit,
  authorize,
  hasTokens,
  clientAddress,
  clock,
}: SignInOptions): MiddlewareHandler<ConsoleEnv> {
  const failures = createFailedSignIns(clock)

  async function personOf(context: ConsoleContext): Promise<Person | undefined> {
    const person = await authorize?.(context.req.raw, context.env)
    if (person) return person
    const id = getCookie(context, cookieName)
    const signedIn = id === undefined ? undefined : await sessions.personOf(id)
    if (id !== undefined && signedIn) context.set('session', hashOf(id))
    return signedIn
  }

  async function signInWithToken(context: ConsoleContext): Promise<Response> {
    const client = clientOf(clientAddress(context.req.raw, context.env) ?? '')
    if (failures.isBlocked(client)) {
      throw new HttpError(429, 'too_many_attempts', 'Too many wrong tokens; try again in a minute.', {
        headers: { 'retry-after': '60' },
      })
    }
    const form = await readFormValues(context)
    const kept = readKeptForm(form)
    const admin = sessions.adminOf(form.text('token'))
    if (!admin) {
      failures.count(client)
      return ask(context, { error: 'No one has this token.', kept, status: 401 })
    }
    const id = await sessions.begin(admin)
    setSessionCookie(context, id, sessionMs / 1000)
    await audit.record({ ...admin, via: 'console' }, { action: 'signed in', target: 'console' })
    if (!kept) return context.redirect('overview', 303)
    const root = context.get('root')
    return context.html(await doorPage({ title: 'Signed in', root, body: sendKeptForm(kept, root) }))
  }

  async function signOut(context: ConsoleContext): Promise<Response> {
    const id = getCookie(context, cookieName)
    if (id !== undefined) await sessions.end(id)
    setSessionCookie(context, '', 0)
    return context.redirect(hasTokens ? 'sign-in' : './', 303)
  }

  /** The page with the one field. */
  async function ask(
    context: ConsoleContext,
    { error, kept, status = 200 }: { error?: string; kept?: KeptForm | undefined; status?: 200 | 401 } = {},
  ): Promise<Response> {
    const root = context.get('root')
    const field = textField({
      name: 'token',
      label: 'Token',
      type: 'password',
      isRequired: true,
      error,
      hint: 'The owner’s is the companion’s admin token.',
    })
    const body = html`<form class="card form" method="post" action="${root}sign-in"><h1>Sign in</h1>${kept ? html`<p>Your session has ended. Sign in, and what you have written is still there.</p>` : nothing}${keptFormFields(kept)}${field}<button class="button primary">Sign in</button></form>`
    return context.html(await doorPage({ title: 'Sign in', root, body }), status)
  }

  return async (context, next) => {
    const { method } = context.req
    const isAbout = (name: string) => context.req.path.endsWith(`/console/${name}`)
    if (isAbout('sign-in') && hasTokens) {
      if (method === 'POST') return signInWithToken(context)
      return (await personOf(context)) ? context.redirect('overview', 302) : ask(context)
    }
    if (isAbout('sign-out') && method === 'POST') return signOut(context)
    const person = await personOf(context)
    if (person) {
      context.set('person', { name: person.name, role: person.role, via: 'console' })
      return next()
    }
    if (!hasTokens)
      throw new HttpError(
        403,
        'unknown_person',
        'Sign in to the site first, as somebody who may use the console.',
      )
    if (method === 'GET' && context.req.header('sec-fetch-dest') !== 'empty') {
      return context.redirect(`${context.get('root')}sign-in`, 302)
    }
    const kept = method === 'POST' ? await sentForm(context) : undefined
    if (kept) return ask(context, { kept, status: 401 })
    throw new HttpError(401, 'signed_out', 'Sign in first; the session may have ended.')
  }
}

/** What somebody has sent without a session; a script's request is none that anybody has written. */
async function sentForm(context: ConsoleContext): Promise<KeptForm | undefined> {
  const isScripts = context.req.header('sec-fetch-dest') === 'empty'
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(context.req.header('content-type') ?? '')
  if (isScripts || !isForm) return undefined
  const [, path = ''] = /\/console\/(.*)$/.exec(context.req.path) ?? []
  return keptForm(path, await readFormValues(context))
}

/** Without a path, so that it is the console's own, wherever that is mounted. */
function setSessionCookie(context: ConsoleContext, value: string, maxAge: number): void {
  setCookie(context, cookieName, value, {
    path: '',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(context),
    maxAge,
  })
}
