import { Hono } from 'hono'
import type { ConsoleEnv } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import { sections } from '../ui/console-layout.ts'
import { emptyState } from '../ui/parts.ts'
import { deliveryPages } from './deliveries/delivery-pages.ts'
import { publishPages } from './publish/publish-pages.ts'
import { tourPages } from './tours/tour-pages.ts'
import { webhookPages } from './webhooks/webhook-pages.ts'

/** Every page behind the sign-in. */
export function pages(services: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  for (const section of [tourPages, webhookPages, deliveryPages, publishPages])
    app.route('/', section(services))
  for (const { name, path, icon } of sections) {
    app.get(`/${path}`, context =>
      services.show(context, {
        title: name,
        section: name,
        body: emptyState({ picture: icon, title: 'Nothing here yet', text: 'This page is on its way.' }),
      }),
    )
  }
  return app
}
