import type { Json } from '../../../../values/json.ts'
import { HttpError } from '../../../companion/http-error.ts'
import type { DocumentKind } from '../../../stores/console-store.ts'
import type { ConsoleContext } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import type { ContentItem } from '../../content/content-item.ts'
import { differencesOf } from '../../content/differences.ts'
import type { SectionName } from '../../ui/console-layout.ts'
import { readFormValues } from '../../ui/form-values.ts'
import { idIn, segment } from '../../ui/markup.ts'
import type { Saying } from '../../ui/notes.ts'
import { clashForm, readClashForm } from './clash-form.ts'
import { nameOfItem } from './content-state.ts'

/** Saves what forms change in drafts of one kind. */
export interface DraftSaver {
  /** @throws {HttpError} 404 when there is none with the id in the address. */
  find(context: ConsoleContext): Promise<ContentItem>
  /** @throws {HttpError} 409 when it stands in the config file. */
  findOwn(context: ConsoleContext): Promise<ContentItem>
  /**
   * Applies a change to the draft that the form began from, and keeps the result together with what others have
   * saved; shows a choice where both have changed the same.
   */
  save(
    context: ConsoleContext,
    change: {
      item: ContentItem
      rev: number
      apply: (draft: Json) => Json
      /** Where to go on, from the console's root; may depend on what was kept. */
      next: string
      saying?: Saying
      action?: string
    },
  ): Promise<Response>
  /** Takes the answer to a choice. */
  resolve(context: ConsoleContext): Promise<Response>
  /** Makes a new draft; returns its id. */
  create(context: ConsoleContext, draft: { id: string; [key: string]: Json }, action?: string): Promise<string>
  record(context: ConsoleContext, id: string, action: string, details?: Json): Promise<void>
}

export function createDraftSaver(
  { content, audit, now, show, goTo }: ConsoleServices,
  { kind, section }: { kind: DocumentKind; section: SectionName },
): DraftSaver {
  async function find(context: ConsoleContext): Promise<ContentItem> {
    const item = await content.get(kind, idIn(context.req.param('id')))
    if (item) return item
    throw new HttpError(404, 'unknown', 'There is nothing with this id. It may have been removed.')
  }

  async function findOwn(context: ConsoleContext): Promise<ContentItem> {
    const item = await find(context)
    if (item.state !== 'file') return item
    throw new HttpError(
      409,
      'from_config',
      'This one stands in the config file. Copy it to the console to change it there.',
    )
  }

  function record(context: ConsoleContext, id: string, action: string, details?: Json): Promise<void> {
    return audit.record(context.get('person'), { action, target: `${kind}/${id}`, details })
  }

  const save: DraftSaver['save'] = async (
    context,
    { item, rev, apply, next, saying = 'saved', action = 'changed it' },
  ) => {
    const { id } = item
    const base = (await content.draftAt(kind, id, rev)) ?? item.draft
    const by = context.get('person').name
    const saved = await content.save({ kind, id, draft: apply(base), rev, by })
    if (saved.clashes.length > 0) {
      const root = context.get('root')
      const path = `${kind}/${segment(id)}`
      return show(
        context,
        {
          title: `Choose for ${nameOfItem(saved.item)}`,
          section,
          crumbs: [
            { name: section, path: kind },
            { name: nameOfItem(saved.item), path },
          ],
          body: clashForm(saved, { action: `${root}${path}/resolve`, back: next, now: now() }),
        },
        409,
      )
    }
    const changed = differencesOf(item.draft, saved.item.draft)
    if (changed.length === 0 && saved.item.rev === item.rev) return goTo(context, withNote(next, 'unchanged'))
    await record(context, id, action, changed.map(({ path }) => path.join(' › ')).slice(0, 20))
    return goTo(context, withNote(next, item.rev !== rev && saying === 'saved' ? 'merged' : saying))
  }

  return {
    find,
    findOwn,
    save,
    record,
    async resolve(context) {
      const item = await findOwn(context)
      const chosen = readClashForm(await readFormValues(context))
      if (!chosen)
        throw new HttpError(400, 'bad_form', 'The form could not be read; go back and send it again.')
      const next = isOfKind(chosen.back) ? chosen.back : `${kind}/${segment(item.id)}`
      return save(context, {
        item,
        rev: chosen.rev,
        apply: () => chosen.draft,
        next,
        action: 'chose between two changes',
      })
    },
    async create(context, draft, action = 'made it') {
      const taken = new Set((await content.list(kind)).map(({ id }) => id))
      let { id } = draft
      for (let number = 2; taken.has(id); number += 1) id = `${draft.id}-${number}`
      await content.save({ kind, id, draft: { ...draft, id }, rev: 0, by: context.get('person').name })
      await record(context, id, action)
      return id
    },
  }

  function isOfKind(path: string): boolean {
    return path.startsWith(`${kind}/`) && /^[\w%~./-]+$/.test(path) && !path.includes('..')
  }
}

/** An id made of a name: `crew-welcome`. */
export function idFrom(name: string, fallback: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return plain.slice(0, 60) || fallback
}

function withNote(path: string, note: Saying): string {
  return `${path}${path.includes('?') ? '&' : '?'}note=${note}`
}
