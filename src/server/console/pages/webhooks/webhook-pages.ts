import { Hono } from 'hono'
import type { ConsoleEnv } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { webhookFormPages } from './form/webhook-form-pages.ts'
import { webhookDetailPages } from './webhook-detail-pages.ts'
import { webhookListPages } from './webhook-list-pages.ts'

/** The webhooks' pages. They work at once: operations, not drafts. */
export function webhookPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  // The form's before the detail's: "new" is no id.
  for (const section of [webhookListPages, webhookFormPages, webhookDetailPages])
    app.route('/', section(services))
  return app
}
