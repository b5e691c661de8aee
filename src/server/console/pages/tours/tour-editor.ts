import type { Data } from '../../../../schema/data.ts'
import type { Json } from '../../../../values/json.ts'
import type { MissingStep } from '../../../visitors/missing-steps.ts'
import { type ConsoleContext, hasRole, type Person } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { type ContentItem, nameOfItem } from '../../content/content-item.ts'
import { type DraftObject, objectOf, textIn } from '../../content/draft-object.ts'
import { messagePreview, previewParts } from '../../message/message-preview.ts'
import type { SampleOptions } from '../../message/message-sample.ts'
import { seenValues } from '../../message/seen-values.ts'
import { stageFrame } from '../../stage/stage-frame.ts'
import { html, type Markup, segment } from '../../ui/markup.ts'
import { contentBadge } from '../content/content-state.ts'
import { createDraftSaver, type DraftSaver } from '../content/draft-saver.ts'
import { lifecycleActions, lockNote } from '../content/lifecycle.ts'
import { messageCards } from '../content/message-cards.ts'
import { problemList } from '../content/problem-list.ts'
import { knownNames } from '../known-names.ts'
import type { TriggerFieldsOptions } from './fields/trigger-fields.ts'
import { missingAmong, missingNote, missingWords } from './missing-words.ts'
import { savedTour, type TourDraft, tourDraftOf } from './tour-draft.ts'
import { tourFrame } from './tour-frame.ts'

/** A tour that somebody has opened, and what the editor's parts need to know of it. */
export interface OpenTour {
  item: ContentItem
  tour: TourDraft
  webhooks: readonly { id: string; name?: string | undefined }[]
  /** Whether this person can't change it. */
  isLocked: boolean
  /** The way up to the console's root. */
  root: string
  /** Who has opened it. */
  person: Person
  /** The steps whose elements were not found of late, by their ids. */
  missing: ReadonlyMap<string, MissingStep>
}

/** One part of a tour in the editor. */
export interface TourPart {
  /** Its address below the tour's: `tour`, `steps/send`, `triggers/0` or `json`. */
  part: string
  /** Its heading; the tour's name if it has none. */
  title?: string
  middle: Markup
  aside: Markup
}

/** What the pages of the tours' editor share. */
export interface TourEditor {
  drafts: DraftSaver
  open(context: ConsoleContext): Promise<OpenTour>
  show(context: ConsoleContext, opened: OpenTour, part: TourPart): Promise<Response>
  /** What a trigger's fields offer to choose from. */
  triggerOptions(opened: OpenTour, path: string): Promise<Omit<TriggerFieldsOptions, 'trigger'>>
  /** The exact message of a trigger. */
  message(trigger: DraftObject, opened: Pick<OpenTour, 'tour' | 'person'>, step?: string): Promise<Markup>
  /** The same by itself, for the script. */
  messageParts(trigger: DraftObject, opened: Pick<OpenTour, 'tour' | 'person'>, step?: string): Promise<Markup>
  /** The tour as visitors see it, from a step on, and what it sends. */
  outcome(opened: OpenTour, step?: string): Promise<Markup>
}

export function createTourEditor(services: ConsoleServices): TourEditor {
  const { webhooks: hooks, content, messages, missingSteps, clock, show } = services
  const drafts = createDraftSaver(services, { kind: 'tours', section: 'Tours' })

  /** `undefined` while no webhook is picked. */
  async function sampleOf(
    trigger: DraftObject,
    { tour, person }: Pick<OpenTour, 'tour' | 'person'>,
    step?: string,
  ): Promise<SampleOptions | undefined> {
    const webhook = await hooks.settings(textIn(trigger, 'webhook'))
    if (!webhook) return undefined
    return {
      webhook: { ...webhook, events: undefined },
      data: objectOf(trigger.data) as unknown as Data,
      tour: aboutOf(tour),
      step,
      seen: await seenValues(services.deliveries, person),
    }
  }

  async function message(
    trigger: DraftObject,
    opened: Pick<OpenTour, 'tour' | 'person'>,
    step?: string,
  ): Promise<Markup> {
    return messagePreview(await sampleOf(trigger, opened, step))
  }

  return {
    drafts,
    async open(context) {
      const item = await drafts.find(context)
      const tour = tourDraftOf(item.draft ?? item.published, item.id)
      const webhooks = await hooks.list()
      const isLocked = item.state === 'file' || item.draft === null || !hasRole(context.get('person'), 'author')
      const missing = missingAmong(await missingSteps.of(item.id), tour)
      return {
        item,
        tour,
        webhooks,
        isLocked,
        missing,
        root: context.get('root'),
        person: context.get('person'),
      }
    },
    async show(context, opened, { part, title, middle, aside }) {
      const { item, tour, webhooks, isLocked, missing, root } = opened
      const problems =
        item.draft === null || item.state === 'file' ? [] : await content.problems('tours', item.draft)
      const missingOf = (part: string) => [...missing].find(([id]) => part === `steps/${segment(id)}`)?.[1]
      const crumbs = [{ name: 'Tours', path: 'tours' }]
      const own = { name: nameOfItem(item), path: `tours/${segment(item.id)}` }
      const mayWrite = hasRole(context.get('person'), 'author')
      return show(context, {
        title: title ?? nameOfItem(item),
        section: 'Tours',
        crumbs: title === undefined ? crumbs : [...crumbs, own],
        beside: contentBadge(item.state),
        actions: mayWrite ? lifecycleActions(item, { root, noun: 'tour' }) : undefined,
        body: html`<div class="stack">${lockNote(item, 'tour')}${problemList(problems)}${tourFrame({
          tour,
          root,
          isLocked,
          webhooks: new Map(webhooks.map(({ id, name }) => [id, name || id])),
          marks: new Map([...missing].map(([id, found]) => [id, missingWords(found, clock.now())])),
          open: part,
          middle: html`${missingNote(missingOf(part), clock.now())}${middle}`,
          aside,
        })}</div>`,
      })
    },
    async triggerOptions({ tour, webhooks, root, person }, path) {
      const back = encodeURIComponent(`tours/${segment(tour.id)}/${path}`)
      return {
        webhooks,
        suggestions: await knownNames(services, person),
        seen: await seenValues(services.deliveries, person),
        tour: aboutOf(tour),
        newWebhook: `${root}webhooks/new?back=${back}`,
      }
    },
    message,
    async messageParts(trigger, opened, step) {
      return previewParts(await sampleOf(trigger, opened, step))
    },
    async outcome(opened, step) {
      const { item, tour, root, person, webhooks } = opened
      const stage = stageFrame({ kind: 'tours', id: tour.id, step }, root)
      const samples = await messages.samples(person, item)
      return html`${stage}${messageCards(samples, { webhooks, nothingYet })}`
    },
  }
}

const nothingYet = html`This tour sends nothing yet. Add a step of the type <b>Trigger event</b>, and pick the webhook that gets what visitors answer.`

/** A change of a tour as a change of its draft. */
export function editedTour(
  { id }: Pick<ContentItem, 'id'>,
  change: (tour: TourDraft) => TourDraft,
): (draft: Json) => Json {
  return draft => savedTour(change(tourDraftOf(draft, id)))
}

/** The webhook that was just made for this trigger, picked; it is saved with the form. */
export function withPicked(part: DraftObject, webhook: string | undefined): DraftObject {
  return webhook === undefined ? part : { ...part, trigger: { ...objectOf(part.trigger), webhook } }
}

function aboutOf(tour: TourDraft): { id: string; name: string } {
  return { id: tour.id, name: textIn(tour, 'name') || tour.id }
}
