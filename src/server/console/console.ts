import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HttpError } from '../companion/http-error.ts'
import type { ClientAddress } from '../companion/middleware/client-address.ts'
import { requireOwnSite } from './access/own-site.ts'
import type { ConsoleContext, ConsoleEnv, Person } from './access/person.ts'
import type { Admin } from './access/sessions.ts'
import { signIn } from './access/sign-in.ts'
import { serveAsset } from './assets/assets.ts'
import type { ConsoleServices } from './console-services.ts'
import { pages } from './pages/pages.ts'
import { securityHeaders } from './security-headers.ts'
import type { AdminServices } from './services/admin-services.ts'
import { layOut } from './ui/console-layout.ts'
import { errorPage } from './ui/error-page.ts'
import { maxFormBytes } from './ui/forms/form-values.ts'
import { noteOf } from './ui/notes.ts'

/** Who may use the console. */
export interface ConsoleAccess {
  /**
   * The host's own sign-in: who asks, or `undefined` for nobody. Without it, people sign in with a token.
   *
   * @param env what the host hands on of the connection
   */
  authorize?: ((request: Request, env: unknown) => Person | undefined | Promise<Person | undefined>) | undefined
  /** People who sign in with a token of their own. */
  admins?: readonly Admin[] | undefined
  /**
   * Names of tags, answers and data keys, in whatever case, whose values a viewer doesn't see: in messages, answers of
   * endpoints, users' tags, by the pages and by the admin API. `userId` hides the user a message is about.
   */
  redact?: readonly string[] | undefined
}

export interface ConsoleOptions {
  services: AdminServices
  authorize: ConsoleAccess['authorize']
  /** Whether anybody has a token. */
  hasTokens: boolean
  basePath: string
  allowedOrigins: readonly string[]
  clientAddress: ClientAddress
  onError: (error: unknown) => void
}

/** The console's pages, to be mounted at `/console`. */
export function createConsole({
  services: shared,
  authorize,
  hasTokens,
  basePath,
  allowedOrigins,
  clientAddress,
  onError,
}: ConsoleOptions): Hono<ConsoleEnv> {
  const { content, sessions, audit, clock } = shared
  const services: ConsoleServices = {
    ...shared,
    basePath,
    allowedOrigins,
    async show(context, page, status = 200) {
      const changes = (await content.changes()).length
      const note = page.note ?? noteOf(context.req.query('note'))
      const [root, person] = [context.get('root'), context.get('person')]
      return context.html(await layOut({ ...page, note }, { root, person, changes }), status)
    },
    async showPart(context, part) {
      const text = String(await part)
      const etag = `"${createHash('sha256').update(text).digest('base64url')}"`
      context.header('etag', etag)
      return context.req.header('if-none-match') === etag ? context.body(null, 304) : context.html(text)
    },
    goTo: (context, path) => context.redirect(`${context.get('root')}${path}`, 303),
  }

  const app = new Hono<ConsoleEnv>()
  const prefix = `${basePath.replace(/\/$/, '')}/console`
  app.use(securityHeaders(prefix))
  app.use(async (context, next) => {
    context.set('root', rootOf(context.req.path.slice(prefix.length)))
    await next()
  })
  app.get(
    '/assets/:name',
    async context => (await serveAsset(context, context.req.param('name'))) ?? context.notFound(),
  )
  app.use(async (context, next) => {
    await next()
    context.header('cache-control', 'no-store')
  })
  app.use(requireOwnSite)
  app.use(bodyLimit({ maxSize: maxFormBytes, onError: tooLarge }))
  app.use(signIn({ sessions, audit, authorize, hasTokens, clientAddress, clock }))
  // Relative to the address without a slash at its end, which some hosts take away.
  app.get('/', context =>
    context.redirect(context.req.path.endsWith('/') ? 'overview' : 'console/overview', 302),
  )
  app.route('/', pages(services))
  app.all('*', () => {
    throw new HttpError(404, 'not_found', 'There is no page at this address.')
  })
  app.onError((error, context) => {
    if (error instanceof HttpError) return showError(context, error)
    onError(error)
    return showError(
      context,
      new HttpError(503, 'unavailable', 'This is not possible at the moment; try again later.'),
    )
  })
  return app

  async function showError(context: ConsoleContext, error: HttpError): Promise<Response> {
    const person = context.get('person')
    const root = context.get('root')
    return context.html(await errorPage(error, { person, root }), error.status, { ...error.headers })
  }
}

/** From a page's path, such as `/tours/welcome`, up to the root. */
function rootOf(path: string): string {
  const depth = path.split('/').length - 2
  return depth > 0 ? '../'.repeat(depth) : depth === 0 ? './' : './console/'
}

function tooLarge(): never {
  throw new HttpError(
    413,
    'too_large',
    `This is larger than ${maxFormBytes} bytes, the most that is taken at once; take it in parts.`,
  )
}
