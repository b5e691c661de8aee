import Joyride, { type CallBackProps, type StoreHelpers } from 'joyride2'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { attachJoyride } from 'tourhook/adapters'
import { createReportingTourhook, targets } from './fixture.ts'

const heard: string[] = []
const tourhook = createReportingTourhook()
const later: (() => void)[] = []
let helpers: StoreHelpers | undefined
let stop: (() => void) | undefined
const { onEvent, detach } = attachJoyride(tourhook, {
  tour: 'welcome',
  onEvent(event: CallBackProps) {
    heard.push(`${event.type} ${event.step.target}`)
    if (event.type === 'tour:end') {
      stop?.()
      for (const listener of later) listener()
    }
  },
})

function App() {
  const [isRunning, setRunning] = useState(false)
  stop = () => setRunning(false)
  window.fixture = {
    tourhook,
    start: () => setRunning(true),
    next: () => helpers?.next(),
    close: () => helpers?.skip(),
    listenLate: () => later.push(() => heard.push('late')),
    detach,
    heard,
  }
  return (
    <Joyride
      run={isRunning}
      continuous
      showSkipButton
      callback={onEvent}
      getHelpers={given => {
        helpers = given
      }}
      steps={targets.map(target => ({ target, content: target, disableBeacon: true }))}
    />
  )
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<App />)
