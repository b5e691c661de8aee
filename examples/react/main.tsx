import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Joyride, type Step } from 'react-joyride'
import { createTourhook } from 'tourhook'
import { attachJoyride } from 'tourhook/adapters'

const tourhook = createTourhook(
  {
    webhooks: [{ id: 'crm', name: 'CRM', url: `${location.origin}/webhook` }],
    tours: [
      {
        id: 'welcome',
        triggers: [
          {
            on: 'completed',
            trigger: {
              type: 'webhook',
              webhook: 'crm',
              data: { plan: { tag: 'plan' }, role: { element: '#role' } },
            },
          },
        ],
      },
    ],
  },
  { tags: { userId: 'user_123', plan: 'pro' } },
)

// Once, outside the component: it knows where the tour stands.
const { onEvent } = attachJoyride(tourhook, { tour: 'welcome' })

const steps: Step[] = [
  { id: 'role', target: '#role', content: 'What do you do?', skipBeacon: true, blockTargetInteraction: false },
  { id: 'new-project', target: '#new', content: 'Make your first project.' },
]

function App() {
  const [isRunning, setRunning] = useState(false)
  return (
    <main>
      <h1>Your projects</h1>
      <p>
        <label>
          Your role <input id="role" defaultValue="Developer" />
        </label>
      </p>
      <button id="start" type="button" onClick={() => setRunning(true)}>
        Take the tour
      </button>{' '}
      <button id="new" type="button">
        New project
      </button>
      <Joyride run={isRunning} continuous steps={steps} onEvent={onEvent} />
    </main>
  )
}

const root = document.querySelector('#app')
if (root) createRoot(root).render(<App />)
