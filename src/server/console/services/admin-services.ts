import type { Mailer } from '../../alerts/mailer.ts'
import type { Clock } from '../../clock.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import { type Admin, createSessions, type Sessions } from '../access/sessions.ts'
import { type AuditTrail, createAuditTrail } from '../audit-trail.ts'
import type { ConsoleContent } from '../content/console-content.ts'
import { createMask } from '../masking/mask.ts'
import { createPageAccess, type PageAccess } from '../on-page/page-access.ts'
import { type AlertService, createAlertService } from './alert-service.ts'
import { type BulkService, createBulkService } from './bulk-service.ts'
import { createDeliveryService, type DeliveryService } from './delivery-service.ts'
import { createDraftService, type DraftService } from './draft-service.ts'
import { createMessageService, type MessageService } from './message-service.ts'
import { createMissingStepService, type MissingStepService } from './missing-step-service.ts'
import { createPeopleService, type PeopleService } from './people-service.ts'
import { createPublishService, type PublishService } from './publish-service.ts'
import { createSiteService, type SiteService } from './site-service.ts'
import { createTransferService, type TransferService } from './transfer-service.ts'
import { createUserService, type UserService } from './user-service.ts'
import { createWebhookService, type WebhookService } from './webhook-service.ts'

/**
 * All that people can do, by the console's pages and by the admin API alike: each service checks, acts, and leaves a
 * line in the audit. Who may do it is for the routes to ask.
 */
export interface AdminServices {
  content: ConsoleContent
  drafts: DraftService
  publishing: PublishService
  webhooks: WebhookService
  deliveries: DeliveryService
  bulk: BulkService
  messages: MessageService
  users: UserService
  transfer: TransferService
  people: PeopleService
  sites: SiteService
  alerts: AlertService
  sessions: Sessions
  pageAccess: PageAccess
  missingSteps: MissingStepService
  audit: AuditTrail
  clock: Clock
}

export interface AdminServicesOptions {
  emitter: Emitter
  content: ConsoleContent
  /** Sends alerts; absent without a mail server. */
  mailer: Mailer | undefined
  /** Who has a token. */
  admins: readonly Admin[]
  /** Names of tags, answers and keys that viewers don't see. */
  redact: readonly string[]
  clock: Clock
  /** Gets what went wrong where nobody waits for it. */
  onError: (error: unknown) => void
}

export function createAdminServices({
  emitter,
  content,
  mailer,
  admins,
  redact,
  clock,
  onError,
}: AdminServicesOptions): AdminServices {
  const store = emitter.console
  const audit = createAuditTrail({ store, clock })
  const sessions = createSessions({ admins, store, clock })
  const mask = createMask({ redact, settings: id => emitter.webhooks.settings(id), config: content.config })
  const deliveries = createDeliveryService({ emitter, audit, mask })
  return {
    content,
    drafts: createDraftService({ content, audit }),
    publishing: createPublishService({ content, audit }),
    webhooks: createWebhookService({ emitter, content, audit }),
    deliveries,
    bulk: createBulkService({ emitter, audit }),
    messages: createMessageService({ webhooks: emitter.webhooks, deliveries }),
    users: createUserService({ emitter, deliveries, audit, mask }),
    transfer: createTransferService({ emitter, content, audit }),
    people: createPeopleService({ sessions, audit, mask }),
    alerts: createAlertService({ store, mailer, audit }),
    sites: createSiteService({ store, clock, onError }),
    sessions,
    pageAccess: createPageAccess({ admins, store, clock }),
    missingSteps: createMissingStepService({ emitter, clock }),
    audit,
    clock,
  }
}
