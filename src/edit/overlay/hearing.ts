/** By which an author works; a page that keeps others from one of them keeps them from most. */
const names = ['keydown', 'pointerdown', 'click']

/** Tells whether the page lets events come to the editor. */
export interface Hearing {
  /** Whether this event is only a try, now heard. */
  isProbe(event: Event): boolean
  /** Whether a listener of the window, there before the guard, stops or undoes events at this element. */
  isKeptFrom(host: Element): boolean
}

export function createHearing(): Hearing {
  let probe: Event | undefined
  let isHeard = false

  return {
    isProbe(event) {
      if (event !== probe) return false
      isHeard = !event.defaultPrevented
      return true
    },
    isKeptFrom: host =>
      names.some(name => {
        isHeard = false
        probe = new Event(name, { cancelable: true })
        host.dispatchEvent(probe)
        return !isHeard
      }),
  }
}
