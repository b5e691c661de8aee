import { HttpError } from '../../companion/http-error.ts'
import type { ConsoleVersion } from '../../stores/console-store.ts'
import type { Actor } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'
import type { ConsoleContent } from '../content/console-content.ts'
import type { ContentItem } from '../content/content-item.ts'

/** The most characters of what a version is about. */
const longestNote = 500

/** Drafts become what pages see. */
export interface PublishService {
  /** @throws {HttpError} (rejects) 404 when it is not kept. */
  find(number: number): Promise<ConsoleVersion>
  /** @throws {ConfigError} (rejects) lists what is wrong with the result; nothing is published then. */
  publish(
    actor: Actor,
    options: { items: readonly Pick<ContentItem, 'kind' | 'id'>[]; note: string },
  ): Promise<ConsoleVersion>
  /** Publishes a version once more, as the next. @throws {ConfigError} (rejects) as `publish` does. */
  publishAgain(actor: Actor, number: number): Promise<ConsoleVersion>
  /** Makes a version's content the drafts. */
  bringBack(actor: Actor, number: number): Promise<void>
}

export interface PublishServiceOptions {
  content: ConsoleContent
  audit: AuditTrail
}

export function createPublishService({ content, audit }: PublishServiceOptions): PublishService {
  async function find(number: number): Promise<ConsoleVersion> {
    const version = Number.isSafeInteger(number) ? await content.version(number) : undefined
    if (version) return version
    throw new HttpError(
      404,
      'unknown_version',
      'There is no such version, or it is older than the 200 that are kept.',
    )
  }

  return {
    find,
    async publish(actor, { items, note }) {
      const version = await content.publish({ items, by: actor.name, note: note.slice(0, longestNote) })
      const targets = items.map(({ kind, id }) => `${kind}/${id}`)
      await audit.record(actor, {
        action: 'published',
        target: `versions/${version.number}`,
        details: targets,
      })
      for (const target of targets)
        await audit.record(actor, { action: `published it in version ${version.number}`, target })
      return version
    },
    async publishAgain(actor, number) {
      await find(number)
      const version = await content.publishAgain(number, actor.name)
      await audit.record(actor, {
        action: `published version ${number} again`,
        target: `versions/${version.number}`,
      })
      return version
    },
    async bringBack(actor, number) {
      await find(number)
      await content.bringBack(number, actor.name)
      await audit.record(actor, { action: 'brought it back as draft', target: `versions/${number}` })
    },
  }
}
