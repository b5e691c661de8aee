import type { Step } from '../../schema/steps.ts'
import type { DraftState } from '../draft/draft-state.ts'
import type { EditedStep } from '../draft/edited-step.ts'
import type { Saving } from '../draft/saving.ts'
import type { RehearsalState } from '../play/rehearsal.ts'
import type { StepPreview } from '../play/step-preview.ts'
import { clashPart } from './clash-part.ts'
import { type EditorPanel, type Part, partsOf } from './editor-panel.ts'
import { elementOf } from './element-part.ts'
import type { LiveValues } from './live-values.ts'
import type { PanelContext } from './panel-context.ts'
import type { PanelDock } from './panel-dock.ts'
import { partBody } from './part-body.ts'
import { tryPart } from './try-part.ts'

/** Which part of the step is before the author, in the panel and as a preview on the page. */
export interface EditorView {
  /** Draws the panel anew. */
  draw(): void
  /** After a change that the panel itself shows already: the values of now, the line beside *Save*, the preview. */
  follow(): void
  /** Turns to a part; to the first that the step has, if none is named. */
  turnTo(part?: Part): void
  showPreview(isOn: boolean): void
}

export interface EditorViewOptions {
  panel: EditorPanel
  dock: PanelDock
  state: DraftState
  step: EditedStep
  saving: Saving
  values: LiveValues
  rehearsal: RehearsalState
  preview: StepPreview
  isLocked: boolean
  /** The author is at the page itself: it is shown as it is. */
  isAtPage(): boolean
  contextFor(step: Step): PanelContext
}

export function createEditorView({
  panel,
  dock,
  state,
  step,
  saving,
  values,
  rehearsal,
  preview,
  isLocked,
  isAtPage,
  contextFor,
}: EditorViewOptions): EditorView {
  let part: Part = firstPart()
  let hasPreview = true

  function firstPart(): Part {
    return partsOf(step.current(), isLocked)[0] ?? 'try'
  }

  function draw(): void {
    values.clear()
    const current = step.current()
    if (!partsOf(current, isLocked).includes(part)) part = firstPart()
    panel.draw({
      tour: state.tour(),
      index: step.index(),
      part,
      isLocked,
      hasPreview,
      isClashing: saving.clash() !== undefined,
      status: saving.status(),
      problems: saving.problems(),
      canSave: state.isChanged(),
      body: bodyOf(current),
    })
    dock.besides(current?.type === 'pointer' ? elementOf(current.element) : undefined)
    follow()
  }

  function bodyOf(current: Step | undefined): Node[] {
    const clash = saving.clash()
    if (clash) return clashPart({ ...clash, onChoose: saving.choose })
    if (current && part !== 'try') return partBody(current, part, contextFor(current))
    return tryPart({
      isRunning: rehearsal.isRunning(),
      lines: rehearsal.lines(),
      onStart: rehearsal.start,
      onStop() {
        rehearsal.stop()
        draw()
      },
    })
  }

  function follow(): void {
    values.update()
    panel.say(saving.status(), state.isChanged() && !saving.clash())
    const isShown = hasPreview && part !== 'try' && part !== 'data' && !rehearsal.isRunning() && !isAtPage()
    preview.show(state.tour(), isShown ? step.current() : undefined)
  }

  return {
    draw,
    follow,
    turnTo(next = firstPart()) {
      part = next
      draw()
    },
    showPreview(isOn) {
      hasPreview = isOn
      follow()
    },
  }
}
