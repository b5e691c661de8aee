import introJs from 'introjs7'
import 'introjs7/introjs.css'
import { attachIntro } from 'tourhook/adapters'
import { createReportingTourhook, targets } from './fixture.ts'

const heard: string[] = []
const tourhook = createReportingTourhook()
const tour = introJs().setOptions({ steps: targets.map(element => ({ element, intro: element })) })
tour.onafterchange(element => void heard.push(`shown #${element.id}`))
tour.oncomplete((_index, reason) => void heard.push(`complete, ${reason}`))
tour.onexit(() => void heard.push('exit'))
const attach = () => attachIntro(tourhook, tour, { tour: 'welcome' })

window.fixture = {
  tourhook,
  start: () => tour.start(),
  next: () => tour.nextStep(),
  close: () => tour.exit(false),
  listenLate: () => tour.onexit(() => void heard.push('exit, late')),
  detach: attach(),
  attach,
  heard,
}
