import type { Json } from '../../../../values/json.ts'
import { HttpError } from '../../../companion/http-error.ts'
import type { DocumentKind } from '../../../stores/console-store.ts'
import type { ConsoleContext } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { type ContentItem, nameOfItem } from '../../content/content-item.ts'
import type { SectionName } from '../../ui/console-layout.ts'
import { readFormValues } from '../../ui/forms/form-values.ts'
import { idIn, segment } from '../../ui/markup.ts'
import type { Saying } from '../../ui/notes.ts'
import { clashForm, readClashForm } from './clash-form.ts'

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
  create(context: ConsoleContext, draft: { id: string; [key: string]: Json }): Promise<string>
}

export function createDraftSaver(
  { drafts, clock, show, goTo }: ConsoleServices,
  { kind, section }: { kind: DocumentKind; section: SectionName },
): DraftSaver {
  function find(context: ConsoleContext): Promise<ContentItem> {
    return drafts.find(kind, idIn(context.req.param('id')))
  }

  function findOwn(context: ConsoleContext): Promise<ContentItem> {
    return drafts.findOwn(kind, idIn(context.req.param('id')))
  }

  const save: DraftSaver['save'] = async (context, { item, rev, apply, next, saying = 'saved', action }) => {
    const { id } = item
    const saved = await drafts.save(context.get('person'), { item, rev, apply, action })
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
          body: clashForm(saved, {
            person: context.get('person').name,
            action: `${root}${path}/resolve`,
            back: next,
            now: clock.now(),
          }),
        },
        409,
      )
    }
    if (saved.changed.length === 0 && saved.item.rev === item.rev)
      return goTo(context, withNote(next, 'unchanged'))
    return goTo(context, withNote(next, saved.isMerged && saying === 'saved' ? 'merged' : saying))
  }

  return {
    find,
    findOwn,
    save,
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
    create: (context, draft) => drafts.create(context.get('person'), kind, draft),
  }

  function isOfKind(path: string): boolean {
    return path.startsWith(`${kind}/`) && /^[\w%~./-]+$/.test(path) && !path.includes('..')
  }
}

function withNote(path: string, note: Saying): string {
  return `${path}${path.includes('?') ? '&' : '?'}note=${note}`
}
