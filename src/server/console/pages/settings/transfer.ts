import { parseConfig } from '../../../../schema/config.ts'
import type { Webhook } from '../../../../schema/webhook.ts'
import type { Json } from '../../../../values/json.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { documentKinds } from '../../content/published-config.ts'

type Services = Pick<ConsoleServices, 'content' | 'emitter'>

/** What pages go by, as a tourhook.json. Passwords, headers' values and secrets are left out. */
export async function exportedConfig({ content, emitter }: Services): Promise<object> {
  const webhooks = await Promise.all(
    (await emitter.webhooks.list()).map(({ id }) => emitter.webhooks.settings(id)),
  )
  const shown = webhooks.flatMap(webhook => (webhook ? [withoutPasswords(webhook)] : []))
  const { webhooks: _, ...config } = await content.config()
  return { webhooks: shown, ...config }
}

/** What came of an import. */
export interface Imported {
  drafts: string[]
  webhooks: string[]
  /** What is there already, or stands in the config file. */
  skipped: string[]
}

/**
 * Takes a tourhook.json into the drafts, and makes the webhooks that are not there yet.
 *
 * @throws {ConfigError} lists what is wrong with it.
 */
export async function importConfig(
  { content, emitter }: Services,
  config: unknown,
  by: string,
): Promise<Imported> {
  const parsed = parseConfig(config)
  const imported: Imported = { drafts: [], webhooks: [], skipped: [] }
  const known = new Set((await emitter.webhooks.list()).map(({ id }) => id))
  for (const webhook of parsed.webhooks ?? []) {
    if (known.has(webhook.id) || webhook.url === undefined) imported.skipped.push(`webhooks/${webhook.id}`)
    else {
      await emitter.webhooks.create(webhook)
      imported.webhooks.push(webhook.id)
    }
  }
  for (const kind of documentKinds) {
    for (const item of parsed[kind] ?? []) {
      const present = await content.get(kind, item.id)
      if (present?.state === 'file') imported.skipped.push(`${kind}/${item.id}`)
      else {
        const draft: Json = JSON.parse(JSON.stringify(item))
        await content.save({ kind, id: item.id, draft, rev: present?.rev ?? 0, by })
        imported.drafts.push(`${kind}/${item.id}`)
      }
    }
  }
  return imported
}

function withoutPasswords({ auth: _, headers: __, secret: ___, ...webhook }: Webhook): Webhook {
  return webhook
}
