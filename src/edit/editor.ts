import type { LayerOptions } from '../render/layer/layer.ts'
import type { Step } from '../schema/steps.ts'
import type { Json } from '../values/json.ts'
import type { DraftClient, ShownDraft } from './draft/draft-client.ts'
import { createDraftState } from './draft/draft-state.ts'
import { asType, freeStepId, stepsOf, withoutStep, withStepAt, withStepReplaced } from './draft/draft-steps.ts'
import { createSaving } from './draft/saving.ts'
import { remember, type TabMemory } from './draft/tab-memory.ts'
import type { EditorKit } from './editor-kit.ts'
import { createAside } from './overlay/aside.ts'
import { createEditorOverlay } from './overlay/editor-overlay.ts'
import { createPicking } from './overlay/picking.ts'
import { clashPart } from './panel/clash-part.ts'
import { createEditorPanel, type Part, partsOf } from './panel/editor-panel.ts'
import { elementOf, selectorOf } from './panel/element-part.ts'
import type { PanelContext } from './panel/panel-context.ts'
import { createPanelDock } from './panel/panel-dock.ts'
import { partBody } from './panel/part-body.ts'
import { tryPart } from './panel/try-part.ts'
import { createRehearsalState } from './play/rehearsal.ts'
import { createStepPreview } from './play/step-preview.ts'

export interface EditorOptions extends LayerOptions {
  client: DraftClient
  shown: ShownDraft
  kit: EditorKit
  /** What a page before has left in this tab; its token goes along. */
  memory: TabMemory
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
export function createEditor({ client, shown, kit, memory, isNew, ...look }: EditorOptions): Editor {
  const { webhooks, isLocked, mode } = shown
  const state = createDraftState(client, shown, memory.unsaved)
  const overlay = createEditorOverlay({ ...look, onKey })
  const panel = createEditorPanel(
    {
      onStep,
      onPart,
      onAdd,
      onRemove: () => changeTour(withoutStep(state.tour(), index)),
      onPreview(isOn) {
        hasPreview = isOn
        follow()
      },
      onSave: () => saving.save(),
      onUsePage,
      onMove: () => dock.move(),
      onClose,
    },
    overlay.focused,
  )
  const dock = createPanelDock(panel.element)
  const saving = createSaving(state, draw)
  const aside = createAside(overlay, panel.element)
  const picking = createPicking({
    overlay,
    panel: panel.element,
    aside,
    onChange(purpose) {
      preview.stop()
      keep(purpose)
      if (purpose === undefined) draw()
    },
  })
  const rehearsal = createRehearsalState(() => ({ kit, tour: state.tour(), webhooks }), draw)
  const preview = createStepPreview(kit, given => {
    answers = { ...answers, ...given }
  })

  let index = (isNew ? undefined : memory.index) ?? indexOfStep(shown)
  let part: Part = mode === 'try' ? 'try' : firstPart()
  let hasPreview = true
  let answers: Record<string, Json> = {}
  let updates: (() => void)[] = []
  let isClosing = false
  const clock = setInterval(update, 1_000)

  function currentStep(): Step | undefined {
    return stepsOf(state.tour())[index]
  }

  function firstPart(): Part {
    return partsOf(currentStep(), isLocked)[0] ?? 'try'
  }

  function update(): void {
    for (const each of updates) each()
  }

  /** For the next page of this tab. */
  function keep(purpose?: string): void {
    remember({ token: memory.token, unsaved: state.unsaved(), index, picking: purpose })
  }

  /** After each change of what is shown: the values of now, the line beside *Save*, the preview. */
  function follow(): void {
    update()
    panel.say(saving.status(), state.isChanged() && !saving.clash())
    const isHidden =
      picking.isOn() || aside.isOn() || rehearsal.isRunning() || part === 'try' || part === 'data'
    preview.show(state.tour(), hasPreview && !isHidden ? currentStep() : undefined)
  }

  function draw(): void {
    updates = []
    index = Math.max(0, Math.min(index, stepsOf(state.tour()).length - 1))
    const step = currentStep()
    if (!partsOf(step, isLocked).includes(part)) part = firstPart()
    panel.draw({
      tour: state.tour(),
      index,
      part,
      isLocked,
      hasPreview,
      status: saving.status(),
      problems: saving.problems(),
      canSave: state.isChanged(),
      body: bodyOf(step),
    })
    dock.besides(step?.type === 'pointer' ? elementOf(step.element) : undefined)
    follow()
  }

  function bodyOf(step: Step | undefined): Node[] {
    const clash = saving.clash()
    if (clash) return clashPart({ ...clash, onChoose: saving.choose })
    if (step && part !== 'try') return partBody(step, part, contextFor(step))
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

  function contextFor(step: Step): PanelContext {
    const { id: tour, name = tour } = state.tour()
    const { id = String(index) } = step
    return {
      tour: state.tour(),
      step,
      webhooks,
      change(next) {
        note(next)
        follow()
      },
      redraw(next) {
        if (next) note(next)
        draw()
      },
      pick: picking.start,
      valuesOf(data) {
        const context = { id: tour, name, step: id, startedAt: new Date().toISOString() }
        return kit.collect(data, { tags: kit.tags(), answers, tour: context }, () => undefined)
      },
      tagNames: () => Object.keys(kit.tags()),
      live(next) {
        updates.push(next)
        next()
      },
    }
  }

  function note(step: Step): void {
    state.change(withStepReplaced(state.tour(), index, step))
    saving.note()
    keep()
  }

  function changeTour(tour: ReturnType<typeof state.tour>): void {
    state.change(tour)
    saving.note()
    keep()
    part = firstPart()
    draw()
  }

  function onStep(next: number): void {
    index = next
    part = firstPart()
    keep()
    draw()
  }

  function onPart(next: Part): void {
    part = next
    draw()
  }

  function onAdd(type: 'modal' | 'trigger'): void {
    const tour = state.tour()
    const added: Step =
      type === 'modal'
        ? { id: freeStepId(tour, 'step'), type, title: 'A new step' }
        : { id: freeStepId(tour, 'send'), type, trigger: { type: 'webhook', webhook: webhooks[0]?.id ?? '' } }
    index = Math.min(index + 1, stepsOf(tour).length)
    changeTour(withStepAt(tour, index, added))
  }

  /** What the link from the console asks for: the step's element, whatever the step was before. */
  function pickLinked(): void {
    const step = currentStep()
    if (!step || step.type === 'trigger') return
    picking.start({
      purpose: linked,
      start: step.type === 'pointer' ? elementOf(step.element) : undefined,
      onPick(picked) {
        note({ ...asType(step, 'pointer'), element: selectorOf(picked) } as Step)
        onPart('element')
      },
    })
  }

  function onUsePage(): void {
    preview.stop()
    aside.step(() => {
      draw()
      overlay.focus(panel.element)
    })
  }

  function onKey(event: KeyboardEvent): void {
    if (picking.isOn()) picking.onKey(event)
    else if (event.key === 'Escape' && aside.isOn()) aside.back()
  }

  async function onClose(): Promise<void> {
    if (state.isChanged() && !isClosing) {
      isClosing = true
      saving.note({ text: 'Not saved yet: save it, or close once more to leave it.', tone: 'bad' })
      follow()
      return
    }
    remember(undefined)
    destroy()
    // It ends by itself, where the companion can't be reached.
    await client.end().catch(() => undefined)
  }

  function destroy(): void {
    clearInterval(clock)
    picking.stop()
    rehearsal.stop()
    preview.stop()
    overlay.remove()
  }

  overlay.root.append(panel.element)
  draw()
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
