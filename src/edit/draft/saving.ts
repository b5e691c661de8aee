import type { PageClash, SaveResult } from './draft-client.ts'
import type { DraftState } from './draft-state.ts'

/** What an author should know of what was saved, or wasn't. */
export interface SavingStatus {
  text: string
  tone: 'good' | 'bad' | 'plain'
}

/** A draft on its way to the companion, and what that has said to it. */
export interface Saving {
  status(): SavingStatus
  problems(): readonly { path: string; message: string }[]
  clash(): Extract<SaveResult, { kind: 'clash' }> | undefined
  /** The draft was changed, or there is something to say about it. */
  note(status?: SavingStatus): void
  save(): Promise<void>
  /** After a clash: what stays as the author has it. */
  choose(yours: readonly PageClash[]): Promise<void>
}

/** @param onChange Hears that something about it is different. */
export function createSaving(state: DraftState, onChange: () => void): Saving {
  /** `undefined` while there is no more to say than whether it is saved. */
  let status: SavingStatus | undefined
  let problems: readonly { path: string; message: string }[] = []
  let clash: Extract<SaveResult, { kind: 'clash' }> | undefined
  let isSaving = false

  async function finish(saving: Promise<SaveResult>): Promise<void> {
    isSaving = true
    status = { text: 'Saving …', tone: 'plain' }
    onChange()
    try {
      const result = await saving
      problems = result.kind === 'refused' ? result.problems : []
      clash = result.kind === 'clash' ? result : undefined
      status = statusOf(result)
    } catch (error) {
      status = { text: error instanceof Error ? error.message : String(error), tone: 'bad' }
    }
    isSaving = false
    onChange()
  }

  function statusOf(result: SaveResult): SavingStatus | undefined {
    if (result.kind === 'refused') return { text: result.message, tone: 'bad' }
    // Of a clash, the panel says more.
    if (result.kind === 'clash' || state.isChanged()) return undefined
    return { text: 'Saved as a draft', tone: 'good' }
  }

  return {
    status: () => status ?? { text: state.isChanged() ? 'Not saved yet' : '', tone: 'plain' },
    problems: () => problems,
    clash: () => clash,
    note(next) {
      if (!isSaving) status = next
    },
    async save() {
      if (state.isChanged() && !isSaving && !clash) await finish(state.save())
    },
    async choose(yours) {
      const chosen = clash
      if (!chosen || isSaving) return
      clash = undefined
      await finish(state.choose(chosen, yours))
    },
  }
}
