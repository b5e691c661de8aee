import { attachDriver } from './adapters.js'
import { driver } from './driver.js'

/** A tour that driver.js draws: Tourhook fires the triggers of the tour "week", which has no steps of its own. */
export function attachTour(tourhook) {
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: '/driver.css' })
  document.head.append(style)
  const tour = driver({
    showProgress: true,
    steps: [
      {
        element: '#week',
        popover: {
          title: 'A week, one line a site',
          description: 'driver.js draws this; Tourhook only listens.',
          side: 'top',
        },
      },
      {
        element: '#new-visit',
        popover: {
          title: 'Plan a visit from here',
          description: 'Go on to the end, or leave early: the webhook hears which.',
        },
      },
    ],
  })
  attachDriver(tourhook, tour, { tour: 'week' })
  for (const button of document.querySelectorAll('[data-tour="welcome"]')) {
    button.addEventListener('click', () => tour.drive())
  }
}
