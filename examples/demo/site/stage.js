import { placeBeside } from './place.js'
import { drawStep } from './step.js'

/** Draws the steps of Tourhook's tours as the page likes: `tourhook.js`, the core alone, draws nothing. */
export function drawSteps(tourhook) {
  const { show, clear } = createStage({
    stage: document.querySelector('#stage'),
    product: document.querySelector('#product'),
  })
  tourhook.on('step', show)
  tourhook.on('completed', clear)
  tourhook.on('closed', clear)
  // A run that goes on from the page before has its step already.
  for (const run of tourhook.runs()) if (run.step) show({ step: run.step, run })
}

/** Shows one step at a time, on a layer over the product. */
function createStage({ stage, product }) {
  let listeners = new AbortController()
  let opener

  function clear() {
    listeners.abort()
    stage.replaceChildren()
    product.inert = false
    // Whoever came by keyboard goes on where they were.
    opener?.focus({ preventScroll: true })
    opener = undefined
  }

  function show({ step, run }) {
    opener ??= document.activeElement
    listeners.abort()
    listeners = new AbortController()
    const { signal } = listeners

    const dialog = drawStep(step, run)
    stage.replaceChildren(dialog)
    // Not showModal(): what lies beside the product must stay in reach.
    product.inert = step.type === 'modal'
    document.addEventListener('keydown', ({ key }) => key === 'Escape' && run.close(), { signal })

    const target = step.type === 'pointer' && document.querySelector(step.element)
    if (target) {
      const ring = document.createElement('div')
      ring.className = 'ring'
      stage.prepend(ring)
      const place = () => placeBeside(target, { dialog, ring, stage, side: step.place })
      addEventListener('scroll', place, { signal, passive: true, capture: true })
      addEventListener('resize', place, { signal })
      dialog.show()
      bringIntoView(target, dialog, step.place)
      place()
    } else {
      // What it should point at is not on this page.
      if (step.type === 'pointer') dialog.dataset.type = 'slideout'
      dialog.show()
    }
  }

  return { show, clear }
}

/** Brings the target into view, and with it the room that the dialog beside it takes. */
function bringIntoView(target, dialog, side = 'bottom') {
  const margin = side === 'top' ? 'scrollMarginTop' : 'scrollMarginBottom'
  target.style[margin] = `${dialog.offsetHeight + 40}px`
  target.scrollIntoView({ block: 'center' })
  target.style[margin] = ''
}
