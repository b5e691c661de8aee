import { shownElement } from '../autostart/shown-element.ts'
import { element } from '../render/layer/element.ts'
import type { LayerOptions } from '../render/layer/layer.ts'
import { boxOf } from '../render/layer/page-element.ts'
import { onPress } from '../render/layer/press.ts'
import type { Step } from '../schema/steps.ts'
import type { Json } from '../values/json.ts'
import type { DraftClient, SaveResult, ShownDraft } from './draft/draft-client.ts'
import { createDraftState } from './draft/draft-state.ts'
import { asType, freeStepId, stepsOf, withoutStep, withStep, withStepAt } from './draft/draft-steps.ts'
import { remember, type TabMemory } from './draft/tab-memory.ts'
import type { EditorKit } from './editor-kit.ts'
import { type Dock, dockFor } from './overlay/docking.ts'
import { createEditorOverlay } from './overlay/editor-overlay.ts'
import { createPicker, type Picker } from './overlay/picker.ts'
import { clashPart } from './panel/clash-part.ts'
import { dataPart } from './panel/data-part.ts'
import { createEditorPanel, type PanelView, type Part, partsOf } from './panel/editor-panel.ts'
import { elementPart, selectorOf } from './panel/element-part.ts'
import type { PanelContext } from './panel/panel-context.ts'
import { questionsPart } from './panel/questions-part.ts'
import { tryPart } from './panel/try-part.ts'
import { wordsPart } from './panel/words-part.ts'
import { type RehearsalLine, rehearse } from './play/rehearsal.ts'
import { createStepPreview } from './play/step-preview.ts'

export interface EditorOptions extends LayerOptions {
  client: DraftClient
  shown: ShownDraft
  kit: EditorKit
  /** What a page before has left in this tab; its token goes along. */
  memory: TabMemory
}

/** The editor, open on a page. */
export interface Editor {
  /** Takes it off the page; what is not saved stays in this tab. */
  destroy(): void
}

/** Puts the editor of one tour's draft over the page. */
export function createEditor({ client, shown, kit, memory, ...look }: EditorOptions): Editor {
  const { webhooks, isLocked } = shown
  const state = createDraftState(client, shown, memory.unsaved)
  const overlay = createEditorOverlay({ ...look, onKey })
  const panel = createEditorPanel(
    { onStep, onPart, onAdd, onRemove, onPreview, onSave, onUsePage, onMove, onClose },
    overlay.focused,
  )
  const preview = createStepPreview(kit, given => {
    answers = { ...answers, ...given }
  })

  let index = memory.index ?? indexOfStep(shown)
  let part: Part = 'try'
  let hasPreview = true
  let dock: Dock = 'end'
  let answers: Record<string, Json> = {}
  let status: PanelView['status'] = { text: '', tone: 'plain' }
  let problems: PanelView['problems'] = []
  let clash: Extract<SaveResult, { kind: 'clash' }> | undefined
  let picker: Picker | undefined
  let lines: RehearsalLine[] = []
  let stopRehearsal: (() => void) | undefined
  let updates: (() => void)[] = []

  const clock = setInterval(update, 1_000)
  const back = element('button', { type: 'button', class: 'pill' }, 'Back to the editor')
  onPress(back, () => leavePage())

  function currentStep(): Step | undefined {
    return stepsOf(state.tour())[index]
  }

  function update(): void {
    for (const each of updates) each()
  }

  function keep(): void {
    remember({ ...memory, unsaved: state.unsaved(), index })
  }

  /** After each change of the draft. */
  function follow(): void {
    keep()
    update()
    if (state.isChanged()) status = { text: 'Not saved yet', tone: 'plain' }
    panel.say(status, state.isChanged())
    const step = currentStep()
    const isShown = hasPreview && !picker && !stopRehearsal && part !== 'try' && part !== 'data'
    preview.show(state.tour(), isShown ? step : undefined)
  }

  function contextFor(step: Step): PanelContext {
    return {
      tour: state.tour(),
      step,
      webhooks,
      change,
      redraw(next) {
        if (next) state.change(withStep(state.tour(), index, next))
        draw()
      },
      pick: startPicking,
      valuesOf: data =>
        kit.collect(data, { tags: kit.tags(), answers, tour: tourContext(step) }, () => undefined),
      tagNames: () => Object.keys(kit.tags()),
      live(next) {
        updates.push(next)
        next()
      },
    }
  }

  function change(step: Step): void {
    state.change(withStep(state.tour(), index, step))
    follow()
  }

  function tourContext({ id = String(index) }: Step) {
    const { id: tour, name = tour } = state.tour()
    return { id: tour, name, step: id, startedAt: new Date().toISOString() }
  }

  function bodyOf(step: Step | undefined): Node[] {
    if (clash) return clashPart({ ...clash, onChoose })
    if (!step || part === 'try') {
      return tryPart({ isRunning: stopRehearsal !== undefined, lines, onStart: startTry, onStop: endTry })
    }
    const context = contextFor(step)
    if (step.type === 'trigger') return dataPart(step, context)
    if (part === 'element' && step.type === 'pointer') return elementPart(step, context)
    return part === 'questions' ? questionsPart(step, context) : wordsPart(step, context)
  }

  function draw(): void {
    updates = []
    index = Math.max(0, Math.min(index, stepsOf(state.tour()).length - 1))
    const step = currentStep()
    const possible = partsOf(step, isLocked)
    if (!possible.includes(part)) part = possible[0] ?? 'try'
    if (state.isChanged()) status = { text: 'Not saved yet', tone: 'plain' }
    panel.draw({
      tour: state.tour(),
      index,
      part,
      isLocked,
      hasPreview,
      status,
      problems,
      canSave: state.isChanged(),
      body: bodyOf(step),
    })
    place()
    follow()
  }

  /** Beside what the step points at, not over it. */
  function place(): void {
    const step = currentStep()
    const { width, height } = boxOf(panel.element)
    const target = step?.type === 'pointer' ? elementOf(step.element) : undefined
    dock = dockFor(target && boxOf(target), { width, height }, { width: innerWidth, height: innerHeight }, dock)
    panel.element.dataset.dock = dock
  }

  function onMove(): void {
    const other = { end: 'start', start: 'end', bottom: 'top', top: 'bottom' } as const
    dock = other[dock]
    panel.element.dataset.dock = dock
  }

  function onStep(next: number): void {
    index = next
    part = partsOf(currentStep(), isLocked)[0] ?? 'try'
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
    state.change(withStepAt(tour, index + 1, added))
    onStep(index + 1)
  }

  function onRemove(): void {
    state.change(withoutStep(state.tour(), index))
    onStep(index)
  }

  function onPreview(isOn: boolean): void {
    hasPreview = isOn
    follow()
  }

  async function onSave(): Promise<void> {
    if (state.isChanged()) await finish(state.save())
  }

  async function onChoose(yours: Parameters<typeof state.choose>[1]): Promise<void> {
    const chosen = clash
    clash = undefined
    if (chosen) await finish(state.choose(chosen, yours))
  }

  async function finish(saving: Promise<SaveResult>): Promise<void> {
    panel.say({ text: 'Saving …', tone: 'plain' }, false)
    try {
      const result = await saving
      problems = result.kind === 'refused' ? result.problems : []
      clash = result.kind === 'clash' ? result : undefined
      status =
        result.kind === 'saved'
          ? { text: 'Saved as a draft', tone: 'good' }
          : { text: result.message, tone: 'bad' }
    } catch (error) {
      status = { text: error instanceof Error ? error.message : String(error), tone: 'bad' }
    }
    const said = status
    draw()
    status = said
    panel.say(status, state.isChanged())
  }

  function startPicking(onPick: (element: Element) => void, start?: Element): void {
    stopPicking()
    preview.stop()
    panel.element.hidden = true
    picker = createPicker({
      overlay,
      start,
      onPick(picked) {
        stopPicking()
        onPick(picked)
        panel.element.focus({ preventScroll: true })
      },
      onCancel() {
        stopPicking()
        draw()
        panel.element.focus({ preventScroll: true })
      },
      onUsePage() {
        stopPicking()
        stepAside(() => startPicking(onPick, start))
      },
    })
  }

  function stopPicking(): void {
    picker?.stop()
    picker = undefined
    panel.element.hidden = false
  }

  function pickForStep(): void {
    const step = currentStep()
    if (!step || step.type === 'trigger') return
    startPicking(
      picked => {
        part = 'element'
        state.change(
          withStep(state.tour(), index, { ...asType(step, 'pointer'), element: selectorOf(picked) } as Step),
        )
        draw()
      },
      step.type === 'pointer' ? elementOf(step.element) : undefined,
    )
  }

  let leavePage = () => {}

  function onUsePage(): void {
    stepAside(draw)
  }

  /** Steps aside, so that the author gets the page to where a visitor would have it. */
  function stepAside(onBack: () => void): void {
    preview.stop()
    panel.element.hidden = true
    overlay.root.append(back)
    back.focus({ preventScroll: true })
    leavePage = () => {
      back.remove()
      panel.element.hidden = false
      onBack()
    }
  }

  function startTry(): void {
    preview.stop()
    lines = []
    stopRehearsal = rehearse({
      kit,
      tour: state.tour(),
      webhooks,
      onLine(line) {
        lines = [...lines, line]
        draw()
      },
      onEnd: () => queueMicrotask(endTry),
    })
    draw()
  }

  function endTry(): void {
    stopRehearsal?.()
    stopRehearsal = undefined
    draw()
  }

  function onKey(event: KeyboardEvent): void {
    if (picker) picker.onKey(event)
    else if (event.key === 'Escape' && panel.element.hidden) leavePage()
  }

  async function onClose(): Promise<void> {
    if (state.isChanged()) {
      status = { text: 'Not saved yet: save it, or close once more to leave it.', tone: 'bad' }
      panel.say(status, true)
      if (!isClosing) {
        isClosing = true
        return
      }
    }
    remember(undefined)
    destroy()
    await client.end().catch(() => undefined)
  }
  let isClosing = false

  function destroy(): void {
    clearInterval(clock)
    stopPicking()
    stopRehearsal?.()
    preview.stop()
    overlay.remove()
  }

  overlay.root.append(panel.element)
  part = partsOf(currentStep(), isLocked)[0] ?? 'try'
  if (shown.mode === 'try') part = 'try'
  draw()
  if (shown.mode === 'pick' && !memory.unsaved && !isLocked) pickForStep()
  return { destroy }
}

function indexOfStep({ draft, step }: ShownDraft): number {
  return Math.max(
    0,
    stepsOf(draft).findIndex(({ id }) => id !== undefined && id === step),
  )
}

function elementOf(selector: string): Element | undefined {
  try {
    return selector === '' ? undefined : shownElement(selector)
  } catch {
    return undefined
  }
}
