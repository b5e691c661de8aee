import type { Step } from '../../schema/steps.ts'
import type { Tour } from '../../schema/tour.ts'
import type { Tourhook } from '../../tourhook.ts'
import type { Json } from '../../values/json.ts'
import type { EditorKit } from '../editor-kit.ts'
import { withoutTraces } from './rehearsal.ts'

/** Shows one step as a visitor sees it, by the page's own renderer; nothing is sent or kept. */
export interface StepPreview {
  /** Shows this step from now on; none shows nothing. */
  show(tour: Tour, step: Step | undefined): void
  stop(): void
}

/** Between a key and the preview that follows it. */
const settleMs = 250

/** @param onAnswers Hears what the author has answered in the preview. */
export function createStepPreview(
  kit: EditorKit,
  onAnswers: (answers: Record<string, Json>) => void,
): StepPreview {
  let shown: { key: string; id: string | undefined; tourhook: Tourhook } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function clear(): void {
    clearTimeout(timer)
    if (shown) withoutTraces(shown.tourhook)
    shown = undefined
  }

  function draw(key: string, tour: Tour, step: Step): void {
    clear()
    const alone = { id: tour.id, ...(tour.name !== undefined && { name: tour.name }), steps: [step] }
    const renderer = kit.createRenderer({ timeoutMs: 2_000, takesFocus: false })
    const tourhook = kit.createTourhook(
      { tours: [alone] },
      { renderer, tags: kit.tags, namespace: 'tourhook-preview' },
    )
    shown = { key, id: step.id, tourhook }
    tourhook.on('completed', ({ run }) => {
      onAnswers(run.answers)
      // It goes on showing the step that is being edited.
      queueMicrotask(() => shown?.tourhook === tourhook && tourhook.start(alone.id))
    })
    tourhook.on('closed', () => clear())
    tourhook.start(alone.id)
  }

  return {
    show(tour, step) {
      if (!step || step.type === 'trigger' || (step.type === 'pointer' && step.element === '')) {
        clear()
        return
      }
      const key = JSON.stringify(step)
      if (shown?.key === key) return
      clearTimeout(timer)
      timer = setTimeout(() => draw(key, tour, step), shown?.id === step.id ? settleMs : 0)
    },
    stop: clear,
  }
}
