import Driver from 'driver0/dist/driver.min.js'
import 'driver0/dist/driver.min.css'
import { attachDriver } from 'tourhook/adapters'
import { createReportingTourhook, targets } from './fixture.ts'

const heard: string[] = []
const tourhook = createReportingTourhook()
const tour = new Driver({ animate: false, onReset: () => heard.push('reset') })
const define = (word: string) =>
  tour.defineSteps(
    targets.map(element => ({
      element,
      popover: { title: element },
      onHighlighted: () => heard.push(`${word} ${element}`),
    })),
  )
define('highlighted')
const attach = () => attachDriver(tourhook, tour, { tour: 'welcome' })

window.fixture = {
  tourhook,
  start: () => tour.start(),
  next: () => tour.moveNext(),
  close: () => tour.reset(),
  listenLate: () => define('late, highlighted'),
  detach: attach(),
  attach,
  heard,
}
