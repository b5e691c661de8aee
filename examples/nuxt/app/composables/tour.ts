import type { StepEvent } from 'tourhook'

/** A tour's step to draw, and the tour started, or gone on with, once the component is there. */
export function useTour(id: string) {
  const shown = shallowRef<StepEvent>()
  let undos: (() => void)[] = []
  onMounted(() => {
    const end = () => {
      shown.value = undefined
    }
    undos = [
      tourhook.on('step', event => {
        shown.value = event
      }),
      tourhook.on('completed', end),
      tourhook.on('closed', end),
    ]
    tourhook.start(id)
  })
  onUnmounted(() => {
    for (const undo of undos) undo()
  })
  return shown
}
