import { Hono } from 'hono'
import type { ConsoleEnv } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import { onPagePages } from '../on-page/on-page-pages.ts'
import { simpleContentPages } from './content/simple-content-pages.ts'
import { bulkPages } from './deliveries/bulk-pages.ts'
import { deliveryPages } from './deliveries/delivery-pages.ts'
import { overviewPage } from './overview-page.ts'
import { publishPages } from './publish/publish-pages.ts'
import { alertPages } from './settings/alert-pages.ts'
import { settingsPages } from './settings/settings-pages.ts'
import { stagePages } from './stage-pages.ts'
import { tourPages } from './tours/tour-pages.ts'
import { userPages } from './user-pages.ts'
import { webhookPages } from './webhooks/webhook-pages.ts'
import { bannerContent } from './widgets/banner-content.ts'
import { checklistContent } from './widgets/checklist-content.ts'
import { segmentContent } from './widgets/segment-content.ts'

/** Every page behind the sign-in. */
export function pages(services: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  for (const section of [
    overviewPage,
    onPagePages,
    tourPages,
    webhookPages,
    bulkPages,
    deliveryPages,
    userPages,
    publishPages,
    settingsPages,
    alertPages,
    stagePages,
  ]) {
    app.route('/', section(services))
  }
  for (const content of [checklistContent, bannerContent, segmentContent]) {
    app.route('/', simpleContentPages(services, content))
  }
  return app
}
