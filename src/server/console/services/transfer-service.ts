import { parseConfig } from '../../../schema/config.ts'
import type { Webhook } from '../../../schema/webhook.ts'
import type { Json } from '../../../values/json.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { DocumentKind } from '../../stores/console-store.ts'
import { type Actor, checkRole, hasRole } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'
import type { ConsoleContent } from '../content/console-content.ts'
import { type Difference, differencesOf } from '../content/differences.ts'
import { documentKinds } from '../content/published-config.ts'

/** A content that an import has brought into the drafts, and where it differs from the draft that was there. */
export interface ImportedDraft {
  kind: DocumentKind
  id: string
  differences: Difference[]
}

/** What came of an import. */
export interface Imported {
  drafts: ImportedDraft[]
  /** The webhooks that were made. */
  webhooks: string[]
  /** What is left as it is: webhooks that are there already or have no address, contents of the config file. */
  skipped: string[]
  /** What says the same already. */
  unchanged: string[]
}

/** The whole config, out and in. */
export interface TransferService {
  /**
   * What pages go by, as a tourhook.json.
   *
   * Without secrets, passwords, headers and parameters; an author's also without webhooks' addresses, which are often
   * passwords. With secrets only for an owner who asks for them: that leaves a line in the audit.
   *
   * @throws {HttpError} (rejects) 403 when somebody else asks for secrets.
   */
  exported(actor: Actor, options?: { withSecrets?: boolean | undefined }): Promise<object>
  /**
   * Takes a tourhook.json into the drafts, to be looked at and published, and makes the webhooks that are not there yet.
   *
   * @throws {ConfigError} (rejects) lists what is wrong with it.
   */
  imported(actor: Actor, config: unknown): Promise<Imported>
}

export interface TransferServiceOptions {
  emitter: Pick<Emitter, 'webhooks'>
  content: ConsoleContent
  audit: AuditTrail
}

export function createTransferService({
  emitter: { webhooks },
  content,
  audit,
}: TransferServiceOptions): TransferService {
  async function importWebhooks(given: readonly Webhook[], imported: Imported): Promise<void> {
    const known = new Set((await webhooks.list()).map(({ id }) => id))
    for (const webhook of given) {
      if (known.has(webhook.id) || webhook.url === undefined) {
        imported.skipped.push(`webhooks/${webhook.id}`)
      } else {
        await webhooks.create(webhook)
        imported.webhooks.push(webhook.id)
      }
    }
  }

  async function importDraft(kind: DocumentKind, id: string, draft: Json, by: string, imported: Imported) {
    const target = `${kind}/${id}`
    const present = await content.get(kind, id)
    if (present?.state === 'file') {
      imported.skipped.push(target)
      return
    }
    const differences = differencesOf(present?.draft ?? undefined, draft)
    if (differences.length === 0) {
      imported.unchanged.push(target)
      return
    }
    const { clashes } = await content.save({ kind, id, draft, rev: present?.rev ?? 0, by })
    // Somebody has saved it this very moment, and keeps what they have written.
    if (clashes.length > 0) imported.skipped.push(target)
    else imported.drafts.push({ kind, id, differences })
  }

  return {
    async exported(actor, { withSecrets = false } = {}) {
      if (withSecrets) checkRole(actor, 'owner')
      const ids = (await webhooks.list()).map(({ id }) => id)
      const settings = await Promise.all(ids.map(id => webhooks.settings(id, { withSecret: withSecrets })))
      const present = settings.filter(webhook => webhook !== undefined)
      const shown = withSecrets
        ? present
        : present.map(hasRole(actor, 'owner') ? withoutPasswords : withoutAddress)
      const { webhooks: _, ...config } = await content.config()
      if (withSecrets) await audit.record(actor, { action: 'exported it with secrets', target: 'console' })
      return { webhooks: shown, ...config }
    },
    async imported(actor, config) {
      const parsed = parseConfig(config)
      const imported: Imported = { drafts: [], webhooks: [], skipped: [], unchanged: [] }
      await importWebhooks(parsed.webhooks ?? [], imported)
      for (const kind of documentKinds) {
        for (const item of parsed[kind] ?? []) {
          const draft: Json = JSON.parse(JSON.stringify(item))
          await importDraft(kind, item.id, draft, actor.name, imported)
        }
      }
      const details = [
        ...imported.drafts.map(({ kind, id }) => `${kind}/${id}`),
        ...imported.webhooks.map(id => `webhooks/${id}`),
      ]
      await audit.record(actor, { action: 'imported', target: 'console', details })
      return imported
    },
  }
}

function withoutPasswords({ auth: _, headers: __, secret: ___, query: ____, ...webhook }: Webhook): Webhook {
  return webhook
}

function withoutAddress(webhook: Webhook): Webhook {
  const { url: _, ...shown } = withoutPasswords(webhook)
  return { ...shown, transport: 'relay' }
}
