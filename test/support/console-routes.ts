import { systemClock } from '../../src/server/clock.ts'
import { adminRoutes } from '../../src/server/companion/routes/admin/admin-routes.ts'
import type { ConsoleServices } from '../../src/server/console/console-services.ts'
import { createConsoleContent } from '../../src/server/console/content/console-content.ts'
import { pages } from '../../src/server/console/pages/pages.ts'
import { createAdminServices } from '../../src/server/console/services/admin-services.ts'
import { createEmitter } from '../../src/server/emitter/emitter.ts'

export interface Route {
  method: string
  /** With `:parameters`. */
  path: string
}

/** Every route that there is, read from the routers themselves, so that a new one is tested without being named. */
export async function everyRoute(): Promise<{ html: Route[]; json: Route[] }> {
  const emitter = createEmitter()
  const webhooks = emitter.webhooks.list
  const content = createConsoleContent({
    file: () => ({}),
    store: emitter.console,
    webhooks,
    clock: systemClock,
  })
  const services = createAdminServices({
    emitter,
    mailer: undefined,
    content,
    admins: [],
    redact: [],
    clock: systemClock,
    onError: console.error,
  })
  const unused = () => {
    throw new Error('only the routes are looked at')
  }
  const all: ConsoleServices = {
    ...services,
    basePath: '/',
    allowedOrigins: [],
    show: unused,
    showPart: unused,
    goTo: unused,
  }
  const routes = {
    html: unique(pages(all).routes.filter(({ method }) => method !== 'ALL')),
    json: unique(adminRoutes(services, []).routes),
  }
  await emitter.close()
  return routes
}

/** A path with its parameters filled in. */
export function filledPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.slice(1).replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? name))
}

/** Middleware stands in a router's list beside the handler that it is for. */
function unique(routes: readonly Route[]): Route[] {
  return [...new Map(routes.map(({ method, path }) => [`${method} ${path}`, { method, path }])).values()]
}
