import { Hono } from 'hono'
import type { Admin } from '../../../console/access/sessions.ts'
import type { AdminServices } from '../../../console/services/admin-services.ts'
import type { AdminEnv } from './admin-env.ts'
import { deliveryRoutes } from './delivery-routes.ts'
import { documentRoutes } from './document-routes.ts'
import { jobRoutes } from './job-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { transferRoutes } from './transfer-routes.ts'
import { userRoutes } from './user-routes.ts'
import { versionRoutes } from './version-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

/** All of `/v1/admin`: what the console's pages do, as JSON. */
export function adminRoutes(services: AdminServices, admins: readonly Admin[]): Hono<AdminEnv> {
  return new Hono<AdminEnv>()
    .route('/', webhookRoutes(services))
    .route('/', deliveryRoutes(services))
    .route('/', jobRoutes(services))
    .route('/', userRoutes(services))
    .route('/', documentRoutes(services))
    .route('/', versionRoutes(services))
    .route('/', transferRoutes(services))
    .route('/', peopleRoutes(services, admins))
}
