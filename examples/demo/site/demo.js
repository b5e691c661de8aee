import { showTraffic } from './dock.js'
import { createStage } from './stage.js'

const stage = createStage({
  stage: document.querySelector('#stage'),
  product: document.querySelector('#product'),
})

// Works before Tourhook has loaded, and after.
window.tourhook = window.tourhook || []
window.tourhook.push(tourhook => {
  tourhook.on('step', stage.show)
  tourhook.on('completed', stage.clear)
  tourhook.on('closed', stage.clear)
  showTraffic(tourhook)
})

for (const button of document.querySelectorAll('[data-tour]')) {
  button.addEventListener('click', () => window.tourhook.push(tourhook => tourhook.start(button.dataset.tour)))
}

const newVisit = document.querySelector('#new-visit')
newVisit.addEventListener('click', () => {
  document.querySelector('#added-visit').hidden = false
  document.querySelector('#visit-count').textContent = '7 visits'
  newVisit.disabled = true
})
