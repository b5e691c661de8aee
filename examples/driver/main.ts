import { driver } from 'driver.js'
import { createTourhook } from 'tourhook'
import { attachDriver } from 'tourhook/adapters'
import 'driver.js/dist/driver.css'

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
              data: { result: { value: 'completed' }, plan: { tag: 'plan' } },
            },
          },
          {
            on: 'closed',
            trigger: { type: 'webhook', webhook: 'crm', data: { result: { value: 'left early' } } },
          },
        ],
      },
    ],
  },
  { tags: { userId: 'user_123', plan: 'pro' } },
)

const tour = driver({
  showProgress: true,
  steps: [
    { element: '#title', popover: { title: 'Welcome', description: 'All you work on is here.' } },
    { element: '#new', popover: { title: 'Begin', description: 'Make your first project.' } },
  ],
})

attachDriver(tourhook, tour, { tour: 'welcome' })

document.querySelector('#start')?.addEventListener('click', () => tour.drive())
