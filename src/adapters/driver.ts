import { type AttachOptions, followRun, type RunStarter } from './follow-run.ts'
import { wrapMethod } from './wrap-method.ts'

/** What `driver()` of driver.js 1 returns, as far as it is used. */
export interface Driver {
  isActive(): boolean
  getActiveIndex(): number | undefined
  getActiveElement(): Element | undefined
  getActiveStep(): { element?: unknown; advanceOnClick?: boolean } | undefined
  getConfig(): { overlayClickBehavior?: unknown; advanceOnClick?: boolean; allowKeyboardControl?: boolean }
  hasNextStep(): boolean
  moveNext(): void
}

/** What `new Driver()` of driver.js 0.9 makes, as far as it is used. */
export interface LegacyDriver {
  isActivated: boolean
  getSteps(): unknown[]
  getHighlightedElement(): unknown
  hasNextStep(): boolean
  moveNext(): void
}

/**
 * Lets a driver.js tour fire the triggers of a tour in the config; returns the undo.
 *
 * It is completed when the visitor goes on from the last step: by its button, the arrow key, or `moveNext()`,
 * also where the host's own hook then calls `destroy()`. The close button, Escape, the overlay and a bare
 * `destroy()` close it, on the last step, too. A tour that goes with its page is neither.
 *
 * No hook of the host's is touched: what driver.js shows is looked at instead. Its hooks are single slots, a
 * step's own go before the config's, and `onDestroyed` is skipped when the first highlight has not settled yet.
 *
 * @example
 * const tour = driver({ steps })
 * const detach = attachDriver(tourhook, tour, { tour: 'welcome' })
 * tour.drive()
 */
export function attachDriver(
  tourhook: RunStarter,
  driver: Driver | LegacyDriver,
  { tour }: AttachOptions,
): () => void {
  // While a server renders the page, there is none to look at.
  if (typeof document === 'undefined') return () => undefined
  const follower = followRun(tourhook, tour)
  let index: number | undefined
  let wentOnFrom: number | undefined

  function look(): void {
    const before = index
    index = indexOf(driver)
    if (index !== undefined) {
      follower.reach(index)
      return
    }
    if (before !== undefined && before === wentOnFrom) follower.complete()
    wentOnFrom = undefined
    follower.leave()
  }

  function goOn(): void {
    look()
    wentOnFrom = driver.hasNextStep() ? undefined : index
  }

  function onInput(event: Event): void {
    const intent = 'isActive' in driver && driver.isActive() && intentOf(event, driver)
    if (intent === 'on') goOn()
    if (intent === 'out') wentOnFrom = undefined
  }

  // A step marks its element with a class, and the end takes the mark away.
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, attributeFilter: ['class'] })
  // On the window, capturing: driver.js stops the clicks on its buttons at the document.
  addEventListener('click', onInput, true)
  addEventListener('keyup', onInput, true)
  const undos = [
    wrapMethod(driver, 'moveNext', goOn),
    // Before a tour that begins in the task in which the one before has ended.
    wrapMethod(driver, 'isActive' in driver ? 'drive' : 'start', look),
  ]
  look()

  return () => {
    // The host may have ended the tour in this very task.
    if (indexOf(driver) === undefined) look()
    follower.stop()
    observer.disconnect()
    removeEventListener('click', onInput, true)
    removeEventListener('keyup', onInput, true)
    for (const undo of undos) undo()
  }
}

/** The step on the screen; `undefined` without one, and for a lone `highlight()`. */
function indexOf(driver: Driver | LegacyDriver): number | undefined {
  if ('isActive' in driver) return driver.isActive() ? driver.getActiveIndex() : undefined
  const index = driver.isActivated ? driver.getSteps().indexOf(driver.getHighlightedElement()) : -1
  return index < 0 ? undefined : index
}

/** What the visitor wants of driver.js 1: to go on, or out. Version 0.9 calls its own `moveNext` to go on. */
function intentOf(event: Event, driver: Driver): 'on' | 'out' | undefined {
  const { allowKeyboardControl = true, overlayClickBehavior, advanceOnClick } = driver.getConfig()
  if (event instanceof KeyboardEvent) {
    if (event.key === 'Escape') return 'out'
    return event.key === 'ArrowRight' && allowKeyboardControl ? 'on' : undefined
  }
  const { target } = event
  if (!(target instanceof Element)) return undefined
  if (target.closest('.driver-popover-close-btn')) return 'out'
  if (target.closest('.driver-popover-next-btn')) return 'on'
  if (target.closest('.driver-overlay')) return overlayClickBehavior === 'nextStep' ? 'on' : 'out'
  const advances = driver.getActiveStep()?.advanceOnClick ?? advanceOnClick
  return advances && driver.getActiveElement()?.contains(target) ? 'on' : undefined
}
