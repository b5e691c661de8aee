import type { EventGuard } from '../render/layer/keep-events.ts'
import type { LayerOptions } from '../render/layer/layer.ts'
import type { Step } from '../schema/steps.ts'
import type { DraftClient, ShownDraft } from './draft/draft-client.ts'
import { createDraftState } from './draft/draft-state.ts'
import { asType, stepsOf } from './draft/draft-steps.ts'
import { createEditedStep } from './draft/edited-step.ts'
import { createSaving } from './draft/saving.ts'
import { remember, type TabMemory } from './draft/tab-memory.ts'
import type { EditorKit } from './editor-kit.ts'
import { createAside } from './overlay/aside.ts'
import { createEditorOverlay } from './overlay/editor-overlay.ts'
import { createPicking } from './overlay/picking.ts'
import { createEditorPanel } from './panel/editor-panel.ts'
import { createEditorView } from './panel/editor-view.ts'
import { elementOf, selectorOf } from './panel/element-part.ts'
import { createLiveValues } from './panel/live-values.ts'
import type { PanelContext } from './panel/panel-context.ts'
import { createPanelDock } from './panel/panel-dock.ts'
import { createRehearsalState } from './play/rehearsal.ts'
import { silenceTourhook } from './play/silence.ts'
import { createStepPreview } from './play/step-preview.ts'

export interface EditorOptions extends LayerOptions {
  client: DraftClient
  shown: ShownDraft
  kit: EditorKit
  /** What a page before has left in this tab; its token goes along. */
  memory: TabMemory
  guard: EventGuard
  /** The author has just come from the console. */
  isNew: boolean
}

/** The editor, open on a page. */
export interface Editor {
  /** Takes it off the page; what is not saved stays in this tab. */
  destroy(): void
}

/** What picking is for that the console's link has asked for. */
const linked = 'step'

/** Puts the editor of one tour's draft over the page. */
export function createEditor({ client, shown, kit, memory, guard, isNew, ...look }: EditorOptions): Editor {
  const { webhooks, isLocked, mode } = shown
  const state = createDraftState(client, shown, memory.unsaved)
  const step = createEditedStep(state, {
    index: (isNew ? undefined : memory.index) ?? indexOfStep(shown),
    webhook: webhooks[0]?.id,
  })
  const values = createLiveValues(kit)
  const overlay = createEditorOverlay({ ...look, guard, onKey, onPointer: (...at) => picking.onPointer(...at) })
  const panel = createEditorPanel(
    {
      onStep(index) {
        step.goTo(index)
        keep()
        view.turnTo()
      },
      onPart: part => view.turnTo(part),
      onAdd: type => changeSteps(() => step.add(type)),
      onRemove: () => changeSteps(step.remove),
      onPreview: isOn => view.showPreview(isOn),
      onSave: () => saving.save(),
      onUsePage,
      onMove: () => dock.move(),
      onClose,
    },
    overlay.focused,
  )
  const dock = createPanelDock(panel.element)
  const saving = createSaving(state, () => view.draw())
  const aside = createAside(overlay, panel.element)
  const picking = createPicking({ overlay, panel: panel.element, aside, onChange: onPicking })
  const rehearsal = createRehearsalState(
    () => ({ kit, tour: state.tour(), webhooks }),
    () => view.draw(),
  )
  const preview = createStepPreview(kit, values.answer)
  const view = createEditorView({
    panel,
    dock,
    state,
    step,
    saving,
    values,
    rehearsal,
    preview,
    isLocked,
    isAtPage: () => picking.isOn() || aside.isOn(),
    contextFor,
  })
  const opened = new AbortController()
  let isClosing = false

  function contextFor(current: Step): PanelContext {
    const tour = state.tour()
    const { id, name = id } = tour
    return {
      tour,
      step: current,
      webhooks,
      change(next) {
        change(next)
        view.follow()
      },
      redraw(next) {
        if (next) change(next)
        view.draw()
      },
      pick: picking.start,
      valuesOf: data =>
        values.of(data, {
          id,
          name,
          step: current.id ?? String(step.index()),
          startedAt: new Date().toISOString(),
        }),
      tagNames: () => Object.keys(kit.tags()),
      live: values.follow,
    }
  }

  /** For the next page of this tab. */
  function keep(purpose?: string): void {
    remember({ token: memory.token, unsaved: state.unsaved(), index: step.index(), picking: purpose })
  }

  function change(next: Step): void {
    step.replace(next)
    saving.note()
    keep()
  }

  function changeSteps(act: () => void): void {
    act()
    saving.note()
    keep()
    view.turnTo()
  }

  /** What the console's link asks for: the step's element, whatever the step was before. */
  function pickLinked(): void {
    const current = step.current()
    if (!current || current.type === 'trigger') return
    picking.start({
      purpose: linked,
      start: current.type === 'pointer' ? elementOf(current.element) : undefined,
      onPick(picked) {
        change({ ...asType(current, 'pointer'), element: selectorOf(picked) } as Step)
        view.turnTo('element')
      },
    })
  }

  function onPicking(purpose?: string): void {
    preview.stop()
    keep(purpose)
    if (purpose === undefined) view.draw()
  }

  function onUsePage(): void {
    preview.stop()
    aside.step(() => {
      view.draw()
      overlay.focus(panel.element)
    })
  }

  function onKey(event: KeyboardEvent): void {
    if (picking.isOn()) picking.onKey(event)
    else if (event.key === 'Escape') {
      if (aside.isOn()) aside.back()
      else panel.closeMenu()
    }
  }

  async function onClose(): Promise<void> {
    if (state.isChanged() && !isClosing) {
      isClosing = true
      saving.note({ text: 'Not saved yet: save it, or close once more to leave it.', tone: 'bad' })
      view.follow()
      return
    }
    remember(undefined)
    destroy()
    // It ends by itself, where the companion can't be reached.
    await client.end().catch(() => undefined)
  }

  function destroy(): void {
    opened.abort()
    values.stop()
    picking.stop()
    rehearsal.stop()
    preview.stop()
    overlay.remove()
  }

  silenceTourhook(opened.signal)
  overlay.root.append(panel.element)
  view.turnTo(mode === 'try' ? 'try' : undefined)
  overlay.focus(panel.element)
  const purpose = isNew ? (mode === 'pick' ? linked : undefined) : memory.picking
  if (isLocked || purpose === undefined) keep()
  else if (purpose === linked) pickLinked()
  else panel.press(purpose)
  return { destroy }
}

function indexOfStep({ draft, step }: ShownDraft): number {
  return Math.max(
    0,
    stepsOf(draft).findIndex(({ id }) => id !== undefined && id === step),
  )
}
