const drawnBy = new URLSearchParams(location.search).get('drawn')

// Works before Tourhook has loaded, and after.
window.tourhook = window.tourhook || []

if (drawnBy === 'page') {
  const { drawSteps } = await import('./stage.js')
  window.tourhook.push(drawSteps)
}
if (drawnBy === 'driver') {
  const { attachTour } = await import('./library-tour.js')
  window.tourhook.push(attachTour)
} else startOnClick('[data-tour="welcome"]')
startOnClick('[data-tour]:not([data-tour="welcome"])')

function startOnClick(selector) {
  for (const button of document.querySelectorAll(selector)) {
    button.addEventListener('click', () =>
      window.tourhook.push(tourhook => tourhook.start(button.dataset.tour)),
    )
  }
}

// The buttons work from here on.
document.documentElement.dataset.drawn = drawnBy ?? 'tourhook'

const newVisit = document.querySelector('#new-visit')
newVisit.addEventListener('click', () => {
  document.querySelector('#added-visit').hidden = false
  document.querySelector('#visit-count').textContent = '7 visits'
  newVisit.disabled = true
})
