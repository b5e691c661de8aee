import { type Context, Hono } from 'hono'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { routePath } from 'hono/route'
import * as z from 'zod/mini'
import type { Config } from '../../schema/config.ts'
import { checkOptions, functionSchema, madeBy } from '../../schema/problems/check-options.ts'
import { startAlertDigest } from '../alerts/alert-digest.ts'
import { createMailer } from '../alerts/mailer.ts'
import { type Clock, systemClock } from '../clock.ts'
import { type ConsoleAccess, createConsole } from '../console/console.ts'
import { createConsoleContent } from '../console/content/console-content.ts'
import { draftLimits, editRoutes } from '../console/on-page/edit-routes.ts'
import { createAdminServices } from '../console/services/admin-services.ts'
import type { Emitter } from '../emitter/emitter.ts'
import { createBrowserConfig } from './browser-config.ts'
import { checkSecrets } from './check-secrets.ts'
import { createCurrentConfig } from './current-config.ts'
import { HttpError } from './http-error.ts'
import { createMetrics } from './metrics.ts'
import { adminAuth } from './middleware/admin-auth.ts'
import { type ClientAddress, socketAddress } from './middleware/client-address.ts'
import { type CorsOptions, cors } from './middleware/cors.ts'
import { noteSite } from './middleware/note-site.ts'
import { defaultRates, rateLimit } from './middleware/rate-limit.ts'
import { siteKeyAuth } from './middleware/site-key.ts'
import { createStateBudget } from './middleware/state-budget.ts'
import type { Rate } from './middleware/token-bucket.ts'
import { openApiDocument } from './openapi/openapi-document.ts'
import { takeActivity } from './routes/activity-route.ts'
import { adminRoutes } from './routes/admin/admin-routes.ts'
import { serveConfig } from './routes/config-route.ts'
import { serveEditorScript } from './routes/editor-script-route.ts'
import { takeMessage } from './routes/relay-route.ts'
import { reportHealth, reportMetrics } from './routes/status-routes.ts'

export interface CompanionOptions extends CorsOptions {
  /** Made from the same config's webhooks. It stays the caller's to close. */
  emitter: Emitter
  /**
   * The whole config; pages are served the part of it that they need. A function is asked each time, and returns the same
   * object until the config has changed; give `emitter.configure` the webhooks then.
   */
  config: Config | (() => Config)
  /** Publishable; pages send it as the query parameter `key`. */
  siteKey?: string | undefined
  /** The owner's, for `/v1/admin`, `/metrics` and the console: at least 32 characters. Those of `console.admins` are let in there, too. */
  adminToken?: string | undefined
  /** Who may use `/console`, besides the admin token's owner; without either there is none. */
  console?: ConsoleAccess | undefined
  /**
   * The mail server for alerts, such as `smtps://user:password@mail.example.com`; who gets them is set in the console. It needs
   * the package `nodemailer`.
   */
  smtpUrl?: string | undefined
  /** The sender of alerts. @default the user of `smtpUrl`, when it is an address, else `tourhook@` and the server's host */
  mailFrom?: string | undefined
  /** Given, at least 16 characters, a visitor with a user id must show its hash: see `userHashOf`. */
  userHashSecret?: string | undefined
  /** How often may be called: `client` is for each address, `site` for all together. @default 20 a second, 2,000 together */
  rateLimit?: { client?: Rate | undefined; site?: Rate | undefined } | undefined
  /** Who calls. @default the connection's address, as `@hono/node-server` hands it on */
  clientAddress?: ClientAddress | undefined
  /** Where the companion is mounted, if the request's path still says so: `/api/tourhook`. @default '/' */
  basePath?: string | undefined
  /** Gets what went wrong on our side, answered as 503. @default console.error */
  onError?: ((error: unknown) => void) | undefined
  /** For tests. @default the machine's */
  clock?: Clock | undefined
}

const optionsShape = z.object({
  emitter: madeBy('emit', 'createEmitter'),
  allowedOrigins: z.array(z.string()),
  smtpUrl: z.optional(z.string()),
  mailFrom: z.optional(z.string()),
  clientAddress: functionSchema,
  basePath: z.string(),
  onError: functionSchema,
})

/** The companion: a `fetch` that answers a request, for whatever server it is mounted in. */
export interface Companion {
  /**
   * Answers a request; mounts wherever a `fetch` handler does.
   *
   * @param env what the host hands on of the connection, such as the bindings of `@hono/node-server`
   */
  fetch(request: Request, env?: object): Promise<Response>
}

/**
 * The server that browsers report to and relay through, and that an administrator asks.
 *
 * @throws {ConfigError} when the config has problems.
 * @throws {TypeError} when an allowed origin is none, or a secret guards nothing: see `adminToken`.
 * @example
 * const companion = createCompanion({ emitter, config, adminToken, allowedOrigins: ['https://www.example.com'] })
 * serve({ fetch: companion.fetch, port: 8787 })
 */
export function createCompanion({
  emitter,
  config,
  allowedOrigins,
  onRefusedOrigin,
  siteKey,
  adminToken,
  console: { authorize, admins = [], redact = [] } = {},
  smtpUrl,
  mailFrom,
  userHashSecret,
  rateLimit: rates = {},
  clientAddress = socketAddress,
  basePath = '/',
  onError = console.error,
  clock = systemClock,
}: CompanionOptions): Companion {
  checkOptions({ emitter, allowedOrigins, smtpUrl, mailFrom, clientAddress, basePath, onError }, optionsShape)
  checkSecrets({ siteKey, adminToken, userHashSecret, admins })
  const currentConfig = createCurrentConfig(config, onError)
  const metrics = createMetrics(emitter)
  const content = createConsoleContent({
    file: currentConfig,
    store: emitter.console,
    webhooks: () => emitter.webhooks.list(),
    clock,
  })
  const owner = adminToken === undefined ? [] : [{ name: 'Owner', token: adminToken, role: 'owner' as const }]
  const everybody = [...owner, ...admins]
  const mailer = smtpUrl === undefined ? undefined : createMailer({ smtpUrl, from: mailFrom })
  if (mailer) startAlertDigest({ emitter, mailer, clock, onError })
  const services = createAdminServices({
    emitter,
    mailer,
    content,
    admins: everybody,
    redact,
    clock,
    onError,
  })
  const pages = createBrowserConfig(content.config, emitter.webhooks)
  const limits = {
    rates: { client: rates.client ?? defaultRates.client, site: rates.site ?? defaultRates.site },
    clientAddress,
    clock,
  }
  const budget = createStateBudget({ clientAddress, clock })
  const forPages = [cors({ allowedOrigins, onRefusedOrigin }), siteKeyAuth(siteKey), rateLimit(limits)] as const
  const forAdmins = adminAuth({ adminOf: services.sessions.adminOf, clientAddress, clock })

  const app = new Hono().basePath(basePath)
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }))
  app.use(async (context, next) => {
    await next()
    metrics.countRequest({ route: routePath(context, -1), status: context.res.status })
  })

  app.use('/v1/events', ...forPages)
  app.post(
    '/v1/events',
    takeActivity({
      emitter,
      content: content.config,
      missing: services.missingSteps,
      userHashSecret,
      budget,
      clock,
    }),
  )
  app.use('/v1/relay/:webhook', ...forPages)
  app.post(
    '/v1/relay/:webhook',
    takeMessage({ emitter, pages, content: content.config, userHashSecret, clock }),
  )
  app.use('/v1/config.json', ...forPages, noteSite(services.sites))
  app.get('/v1/config.json', serveConfig(pages))

  app.get('/v1/openapi.json', context => context.json(openApiDocument()))

  app.use('/v1/admin/*', forAdmins)
  app.route('/v1/admin', adminRoutes(services, everybody))

  app.get('/v1/tourhook.edit.js', serveEditorScript())

  if (everybody.length > 0 || authorize) {
    app.use(
      '/v1/edit/*',
      cors({ allowedOrigins, onRefusedOrigin, methods: 'GET, PUT, POST, DELETE' }),
      rateLimit({ ...limits, maxBytes: draftLimits.maxBytes }),
    )
    app.route('/v1/edit', editRoutes(services, pages))
    const hasTokens = everybody.length > 0
    app.route(
      '/console',
      createConsole({ services, authorize, hasTokens, basePath, allowedOrigins, clientAddress, onError }),
    )
  }

  app.get('/healthz', reportHealth(emitter))
  app.get('/metrics', forAdmins, reportMetrics(metrics))

  app.notFound(context => refuse(context, new HttpError(404, 'not_found', 'There is nothing at this path.')))
  app.onError((error, context) => {
    if (error instanceof HttpError) return refuse(context, error)
    onError(error)
    return refuse(context, unavailable())
  })

  return { fetch: async (request, env = {}) => app.fetch(request, env) }
}

function refuse(context: Context, { status, code, message, path, details, headers }: HttpError): Response {
  const error = { code, message, ...(path !== undefined && { path }), ...details }
  return context.json({ error }, status, { ...headers })
}

function refuseMethod(context: Context, methods: readonly string[]): Response {
  const allowed = methods.join(', ')
  return refuse(
    context,
    new HttpError(405, 'method_not_allowed', `Use ${allowed} here.`, { headers: { allow: allowed } }),
  )
}

/** Nothing was kept, so whoever asks may ask again. */
function unavailable(): HttpError {
  return new HttpError(503, 'unavailable', 'This is not possible at the moment; try again later.', {
    headers: { 'retry-after': '5' },
  })
}
