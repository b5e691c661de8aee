import type { Json } from '../../../values/json.ts'
import { HttpError } from '../../companion/http-error.ts'
import type { DocumentKind } from '../../stores/console-store.ts'
import type { Actor } from '../access/person.ts'
import type { AuditTrail } from '../audit-trail.ts'
import type { ConsoleContent } from '../content/console-content.ts'
import { type ContentItem, nameOfItem } from '../content/content-item.ts'
import { differencesOf } from '../content/differences.ts'
import { objectOf } from '../content/draft-object.ts'
import type { SavedDraft } from '../content/drafts.ts'

/** The most places of a change that its audit names. */
const mostNamed = 20

/** A draft after a save. */
export interface SaveOutcome extends SavedDraft {
  /** Where the draft is another now: `steps › send › title`. */
  changed: string[]
  /** Whether somebody else had saved since `rev`. */
  isMerged: boolean
}

/** What people do with tours, checklists, banners and segments before they are published. */
export interface DraftService {
  /** @throws {HttpError} (rejects) 404 when there is none. */
  find(kind: DocumentKind, id: string): Promise<ContentItem>
  /** @throws {HttpError} (rejects) 404 when there is none, 409 when it stands in the config file. */
  findOwn(kind: DocumentKind, id: string): Promise<ContentItem>
  /** Applies a change to the draft of `rev`, and keeps it together with what others have saved since; with clashes, nothing is kept. */
  save(
    actor: Actor,
    change: { item: ContentItem; rev: number; apply: (draft: Json) => Json; action?: string | undefined },
  ): Promise<SaveOutcome>
  /** Makes a draft, under a free id like its own; returns that. */
  create(
    actor: Actor,
    kind: DocumentKind,
    draft: { id: string; [key: string]: Json },
    action?: string,
  ): Promise<string>
  /** Makes a draft that is like a content under another id; returns that. */
  copy(actor: Actor, item: ContentItem): Promise<string>
  /** Forgets a draft: what is published stands again. */
  discard(actor: Actor, item: ContentItem): Promise<void>
  /** Has a content removed at the next publishing; one that was never published is removed at once: then `undefined`. */
  remove(actor: Actor, item: ContentItem): Promise<SaveOutcome | undefined>
}

export interface DraftServiceOptions {
  content: ConsoleContent
  audit: AuditTrail
}

export function createDraftService({ content, audit }: DraftServiceOptions): DraftService {
  async function find(kind: DocumentKind, id: string): Promise<ContentItem> {
    const item = await content.get(kind, id)
    if (item) return item
    throw new HttpError(404, 'unknown', 'There is nothing with this id. It may have been removed.')
  }

  function record(
    actor: Actor,
    { kind, id }: Pick<ContentItem, 'kind' | 'id'>,
    action: string,
    details?: Json,
  ): Promise<void> {
    return audit.record(actor, { action, target: `${kind}/${id}`, details })
  }

  const save: DraftService['save'] = async (actor, { item, rev, apply, action = 'changed it' }) => {
    const { kind, id } = item
    const base = (await content.draftAt(kind, id, rev)) ?? item.draft
    const saved = await content.save({ kind, id, draft: apply(base), rev, by: actor.name })
    const isMerged = item.rev !== rev
    if (saved.clashes.length > 0) return { ...saved, changed: [], isMerged }
    const changed = differencesOf(item.draft, saved.item.draft).map(({ path }) => path.join(' › '))
    if (changed.length > 0 || saved.item.rev !== item.rev)
      await record(actor, item, action, changed.slice(0, mostNamed))
    return { ...saved, changed, isMerged }
  }

  const create: DraftService['create'] = async (actor, kind, draft, action = 'made it') => {
    const taken = new Set((await content.list(kind)).map(({ id }) => id))
    let { id } = draft
    for (let number = 2; taken.has(id); number += 1) id = `${draft.id}-${number}`
    await content.save({ kind, id, draft: { ...draft, id }, rev: 0, by: actor.name })
    await record(actor, { kind, id }, action)
    return id
  }

  return {
    find,
    async findOwn(kind, id) {
      const item = await find(kind, id)
      if (item.state !== 'file') return item
      throw new HttpError(
        409,
        'from_config',
        'This one stands in the config file. Copy it to the console to change it there.',
      )
    },
    save,
    create,
    copy: (actor, item) =>
      create(
        actor,
        item.kind,
        {
          ...objectOf(item.draft ?? item.published),
          id: `${item.id}-copy`,
          name: `${nameOfItem(item)} (copy)`,
        },
        `copied it from ${item.id}`,
      ),
    async discard(actor, item) {
      await content.discard(item.kind, item.id)
      await record(actor, item, 'discarded the draft')
    },
    async remove(actor, item) {
      if (item.published !== undefined) {
        return save(actor, { item, rev: item.rev, apply: () => null, action: 'marked it to be removed' })
      }
      await content.discard(item.kind, item.id)
      await record(actor, item, 'removed it')
      return undefined
    },
  }
}
