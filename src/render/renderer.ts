import { shownElement, whenShown } from '../autostart/shown-element.ts'
import type { Run, RunEvent, VisibleStep } from '../tour/run.ts'
import type { Renderer } from '../tourhook.ts'
import type { LayerOptions } from './layer/layer.ts'
import { createDialog } from './step/dialog.ts'
import { drawStep } from './step/step.ts'
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
}

/** A step that waits for the visitor, drawn once: what was typed is there when it is shown again. */
interface Waiting {
  step: VisibleStep
  run: Run
  /** Names it where it has neither title nor content. */
  name: string
  card: HTMLElement
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
export function createRenderer({ timeoutMs = 10_000, labels, ...look }: RendererOptions = {}): Renderer {
  return tourhook => {
    /** The steps that wait for the visitor, by their tour; the latest is shown. */
    const waiting = new Map<string, Waiting>()
    let shown = new AbortController()
    const stage = createDialog({ ...look, onEscape: () => latest()?.run.close() })

    const latest = () => [...waiting.values()].at(-1)

    function draw(): void {
      shown.abort()
      shown = new AbortController()
      const next = latest()
      if (!next) {
        stage.hide()
        return
      }
      const { step } = next
      if (step.type === 'pointer') void point({ ...next, step, signal: shown.signal })
      else stage.show(next)
    }

    /** Shows a pointer once its element is there; if it doesn't come, the tour goes on without this step. */
    async function point(pointer: Pointer): Promise<void> {
      const { step, run, signal } = pointer
      try {
        if (!shownElement(step.element)) stage.hide()
        const target = await whenShown(step.element, { signal, timeoutMs })
        if (signal.aborted) return
        if (!target) throw new Error(`no element matches "${step.element}" after ${timeoutMs} ms`)
        scrollToElement(target)
        stage.show({ ...pointer, target })
        const onGone = () => void point(pointer)
        signal.addEventListener('abort', trackElement(target, { onMove: stage.refresh, onGone }))
      } catch (cause) {
        tourhook.reportError(new Error(`tour "${run.tour.id}": step ${run.index} is left out`, { cause }))
        run.next()
      }
    }

    const onEnd = ({ tour }: RunEvent) => {
      waiting.delete(tour)
      draw()
    }
    const undos = [
      tourhook.on('step', ({ tour, step, run }) => {
        waiting.delete(tour)
        const card = drawStep(step, run, labelsOf(labels))
        waiting.set(tour, { step, run, name: nameOf(step, run), card })
        draw()
      }),
      tourhook.on('completed', onEnd),
      tourhook.on('closed', onEnd),
    ]
    return () => {
      for (const undo of undos) undo()
      waiting.clear()
      draw()
    }
  }
}

function nameOf({ fields: [first] = [] }: VisibleStep, { tour }: Run): string {
  return first?.label ?? tour.name ?? tour.id
}
