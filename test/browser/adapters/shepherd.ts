import Shepherd from 'shepherd.js'
import { attachShepherd } from 'tourhook/adapters'
import 'shepherd.js/dist/css/shepherd.css'
import { createReportingTourhook, targets } from './fixture.ts'

const heard: string[] = []
const tourhook = createReportingTourhook()
const tour = new Shepherd.Tour({
  useModalOverlay: true,
  defaultStepOptions: { cancelIcon: { enabled: true } },
  steps: targets.map(element => ({
    id: element.slice(1),
    attachTo: { element, on: 'bottom' as const },
    text: element,
    buttons: [{ text: 'Next', classes: 'next', action: () => tour.next() }],
    when: { show: () => heard.push(`shown ${element}`) },
  })),
})
for (const event of ['complete', 'cancel']) tour.on(event, () => heard.push(event))
const attach = () => attachShepherd(tourhook, tour, { tour: 'welcome' })

window.fixture = {
  tourhook,
  start: () => tour.start(),
  next: () => tour.next(),
  close: () => tour.cancel(),
  listenLate: () => tour.on('cancel', () => heard.push('cancel, late')),
  detach: attach(),
  attach,
  heard,
}
