import { shownElement, whenShown } from '../autostart/shown-element.ts'
import type { Run, RunEvent, StepEvent, VisibleStep } from '../tour/run.ts'
import type { Renderer } from '../tourhook.ts'
import { elapsedMs } from '../values/elapsed.ts'
import type { LayerOptions } from './layer/layer.ts'
import { createDialog } from './step/dialog.ts'
import { type DrawnStep, drawStep } from './step/step.ts'
import { scrollToElement, trackElement } from './step/track-element.ts'
import { type Labels, labelsOf } from './text/labels.ts'

export interface RendererOptions extends LayerOptions {
  /** Words of your own, in place of those in the page's language. */
  labels?: Partial<Labels> | undefined
  /**
   * How long a pointer waits for its element.
   * @default 10_000
   */
  timeoutMs?: number | undefined
  /**
   * Whether a step takes the focus when it is shown; an editor keeps it where its author types.
   * @default true
   */
  takesFocus?: boolean | undefined
}

/** A step that waits for the visitor, drawn once: what was typed is there when it is shown again. */
interface Waiting extends DrawnStep {
  /** As the config has it: its placeholders are filled where its text is drawn. */
  step: VisibleStep
  index: number
  run: Run
  /** Names it where it has neither title nor content. */
  name: string
}

interface Pointer extends Waiting {
  step: Extract<VisibleStep, { type: 'pointer' }>
  signal: AbortSignal
}

/**
 * Draws a Tourhook's steps as popovers, with their fields.
 *
 * The page may set the custom properties `--tourhook-accent`, `--tourhook-on-accent`, `--tourhook-font` and
 * `--tourhook-radius`.
 *
 * @example createTourhook(config, { renderer: createRenderer({ theme: 'dark' }) })
 */
export function createRenderer({
  timeoutMs = 10_000,
  labels,
  takesFocus,
  ...look
}: RendererOptions = {}): Renderer {
  return tourhook => {
    /** The steps that wait for the visitor, by their tour; the latest is shown. */
    const waiting = new Map<string, Waiting>()
    /** What has been reported as missing. */
    const missing = new Set<string>()
    let shown = new AbortController()
    const dialog = createDialog({ ...look, takesFocus, onEscape: () => latest()?.close() })

    function latest(): Waiting | undefined {
      let last: Waiting | undefined
      waiting.forEach(each => {
        last = each
      })
      return last
    }

    function draw(): void {
      shown.abort()
      shown = new AbortController()
      const next = latest()
      if (!next) {
        dialog.hide()
        return
      }
      const { step } = next
      if (step.type === 'pointer') void point({ ...next, step, signal: shown.signal })
      else dialog.show(next)
    }

    /** Shows a pointer once its element is there; if it doesn't come, the tour goes on without this step. */
    async function point(pointer: Pointer): Promise<void> {
      const { step, run, index, signal } = pointer
      try {
        const target = await findTarget(pointer)
        if (signal.aborted) return
        if (!target) throw new Error(`no element matches "${step.element}" after ${timeoutMs} ms`)
        scrollToElement(target)
        dialog.show({ ...pointer, target })
        const onGone = () => void point(pointer)
        signal.addEventListener('abort', trackElement(target, { onMove: dialog.refresh, onGone }))
      } catch (cause) {
        tourhook.reportError(new Error(`tour "${run.tour.id}": step ${index} is left out`, { cause }))
        reportMissing(run, step.id ?? String(index))
        run.next()
      }
    }

    /** Reports it to the companion, once for each page; its author sees it in the console. */
    function reportMissing({ tour: { id } }: Run, step: string): void {
      const path = location.pathname.slice(0, 200)
      const key = [id, step, path].join()
      if (!missing.has(key)) tourhook.report({ name: 'step_not_found', id, step, path })
      missing.add(key)
    }

    /** While the visitor is using the step, it stays although its element has gone: a menu closes under their hands. */
    async function findTarget(pointer: Pointer): Promise<Element | undefined> {
      const { step, signal, card } = pointer
      const leftMs = () => timeoutMs - Math.max(0, elapsedMs() - dialog.usedAt(card))
      if (shownElement(step.element)) return whenShown(step.element, { signal, timeoutMs })
      if (leftMs() <= 0) {
        dialog.hide()
        return whenShown(step.element, { signal, timeoutMs })
      }
      dialog.show({ ...pointer, target: undefined })
      const target = await whenShown(step.element, { signal, timeoutMs: leftMs() })
      if (target || signal.aborted) return target
      return leftMs() > 0 ? findTarget(pointer) : undefined
    }

    function onStep({ tour, step: filled, index, run }: StepEvent): void {
      const before = waiting.get(tour)
      // Anew, so that the latest comes last.
      waiting.delete(tour)
      // What is drawn already keeps its focus, and what is being typed.
      waiting.set(
        tour,
        before?.run === run && before.index === index ? before : drawWaiting(filled, index, run),
      )
      draw()
    }

    function drawWaiting(filled: VisibleStep, index: number, run: Run): Waiting {
      const template = run.tour.steps?.[index]
      const step = template && template.type !== 'trigger' ? template : filled
      return { step, index, run, name: nameOf(step, run), ...drawStep(step, run, labelsOf(labels)) }
    }

    function onEnd({ tour }: RunEvent): void {
      waiting.delete(tour)
      draw()
    }

    const undos = [tourhook.on('step', onStep), tourhook.on('completed', onEnd), tourhook.on('closed', onEnd)]
    return () => {
      for (const undo of undos) undo()
      shown.abort()
      dialog.destroy()
    }
  }
}

function nameOf({ fields: [first] = [] }: VisibleStep, { tour }: Run): string {
  return first?.label ?? tour.name ?? tour.id
}
