import type { Tour } from '../../schema/tour.ts'
import type { Json } from '../../values/json.ts'
import type { DraftClient, PageClash, SaveResult, ShownDraft } from './draft-client.ts'
import { withChoiceAt } from './draft-steps.ts'
import { rebased } from './rebased.ts'
import type { TabMemory } from './tab-memory.ts'

/** The tour as the author has it now, and what of it is not saved. */
export interface DraftState {
  tour(): Tour
  isChanged(): boolean
  /** What is not saved, for the next page of this tab. */
  unsaved(): TabMemory['unsaved']
  change(tour: Tour): void
  /** @throws {Error} (rejects) with a sentence for the author; nothing of theirs is lost. */
  save(): Promise<SaveResult>
  /** After a clash: takes what others have saved, but for these, and saves that. */
  choose(clash: Extract<SaveResult, { kind: 'clash' }>, yours: readonly PageClash[]): Promise<SaveResult>
}

export function createDraftState(
  client: Pick<DraftClient, 'save'>,
  shown: Pick<ShownDraft, 'id' | 'rev' | 'draft'>,
  unsaved: TabMemory['unsaved'],
): DraftState {
  let { rev, draft: saved } = shown
  let tour = saved
  if (unsaved?.tour.id === shown.id) {
    // Made on what was there then; the companion merges it.
    rev = unsaved.rev
    tour = unsaved.tour
  }
  const isChanged = () => JSON.stringify(tour) !== JSON.stringify(saved)

  async function save(): Promise<SaveResult> {
    const sent = tour
    const result = await client.save(rev, sent)
    if (result.kind === 'saved') {
      rev = result.rev
      saved = result.draft
      // What was written meanwhile stays, and so does what others have saved before.
      tour = rebased(asJson(sent), asJson(saved), asJson(tour)) as unknown as Tour
    }
    return result
  }

  return {
    tour: () => tour,
    isChanged,
    unsaved: () => (isChanged() ? { rev, tour } : undefined),
    change(next) {
      tour = next
    },
    save,
    choose(clash, yours) {
      rev = clash.rev
      tour = yours.reduce(
        (merged, { path, yours }) => withChoiceAt(asJson(merged), path, yours) as unknown as Tour,
        clash.merged,
      )
      return save()
    },
  }
}

function asJson(tour: Tour): Json {
  return tour as unknown as Json
}
