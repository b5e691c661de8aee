import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { type Controls, type EventData, Joyride } from 'react-joyride'
import { attachJoyride } from 'tourhook/adapters'
import { createReportingTourhook, targets } from './fixture.ts'

const heard: string[] = []
const tourhook = createReportingTourhook()
const later: (() => void)[] = []
let controls: Controls | undefined
const { onEvent, detach } = attachJoyride(tourhook, {
  tour: 'welcome',
  onEvent(event: EventData, given: Controls) {
    controls = given
    heard.push(`${event.type} ${event.step.target}`)
    if (event.type === 'tour:end') for (const listener of later) listener()
  },
})

function App() {
  const [isRunning, setRunning] = useState(false)
  window.fixture = {
    tourhook,
    start: () => (controls ? controls.start(0) : setRunning(true)),
    next: () => controls?.next(),
    close: () => controls?.skip(),
    listenLate: () => later.push(() => heard.push('late')),
    detach,
    heard,
  }
  return (
    <Joyride
      run={isRunning}
      continuous
      onEvent={onEvent}
      options={{ buttons: ['back', 'close', 'primary', 'skip'] }}
      steps={targets.map(target => ({ id: target.slice(1), target, content: target, skipBeacon: true }))}
    />
  )
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<App />)
