import introJs from 'intro.js'
import 'intro.js/introjs.css'
import { attachIntro } from 'tourhook/adapters'
import { createReportingTourhook, targets } from './fixture.ts'

const heard: string[] = []
const tourhook = createReportingTourhook()
const tour = introJs.tour().setOptions({ steps: targets.map(element => ({ element, intro: element })) })
tour.onAfterChange(element => void heard.push(`shown #${element.id}`))
tour.onComplete((_index, reason) => void heard.push(`complete, ${reason}`))
tour.onExit(() => void heard.push('exit'))
const attach = () => attachIntro(tourhook, tour, { tour: 'welcome' })

window.fixture = {
  tourhook,
  // Without the refresh, version 8 draws no second tour.
  start: async () => (await tour.start()).refresh(true),
  next: () => tour.nextStep(),
  close: () => tour.exit(),
  listenLate: () => tour.onExit(() => void heard.push('exit, late')),
  detach: attach(),
  attach,
  heard,
}
