import { type Config, type Driver, driver } from 'driver.js'
import 'driver.js/dist/driver.css'
import { attachDriver } from 'tourhook/adapters'
import { createReportingTourhook, targets } from './fixture.ts'

declare global {
  interface Window {
    driver: Driver
  }
}

const options: Config = JSON.parse(new URLSearchParams(location.search).get('options') ?? '{}')
const heard: string[] = []
const tourhook = createReportingTourhook()
const tour = driver({
  animate: false,
  ...options,
  steps: targets.map(element => ({
    element,
    popover: { title: element },
    onHighlighted: () => heard.push(`highlighted ${element}`),
  })),
  onDestroyed: () => heard.push('destroyed'),
})
const attach = () => attachDriver(tourhook, tour, { tour: 'welcome' })

window.fixture = {
  tourhook,
  start: tour.drive,
  next: () => tour.moveNext(),
  close: () => tour.destroy(),
  listenLate: () => tour.setConfig({ ...tour.getConfig(), onDestroyed: () => heard.push('destroyed, late') }),
  detach: attach(),
  attach,
  heard,
}
window.driver = tour
