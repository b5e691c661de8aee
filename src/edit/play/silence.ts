/** What a Tourhook announces on the page. */
const announced = 'started step completed closed queued delivered sent retrying failed error'

/** Keeps from the page's listeners what previews and dry runs announce: no visitor has taken a tour. */
export function silenceTourhook(signal: AbortSignal): void {
  for (const name of announced.split(' ')) {
    addEventListener(`tourhook:${name}`, event => event.stopImmediatePropagation(), { capture: true, signal })
  }
}
