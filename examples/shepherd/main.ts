import Shepherd from 'shepherd.js'
import { createTourhook } from 'tourhook'
import { attachShepherd } from 'tourhook/adapters'
import 'shepherd.js/dist/css/shepherd.css'

const tourhook = createTourhook(
  {
    webhooks: [{ id: 'crm', name: 'CRM', url: `${location.origin}/webhook` }],
    tours: [
      {
        id: 'welcome',
        triggers: [
          {
            on: 'step',
            step: 'new-project',
            trigger: { type: 'webhook', webhook: 'crm', data: { plan: { tag: 'plan' } } },
          },
          {
            on: 'completed',
            trigger: { type: 'webhook', webhook: 'crm', data: { result: { value: 'completed' } } },
          },
        ],
      },
    ],
  },
  { tags: { userId: 'user_123', plan: 'pro' } },
)

const tour = new Shepherd.Tour({
  useModalOverlay: true,
  defaultStepOptions: { cancelIcon: { enabled: true } },
  steps: [
    {
      id: 'welcome',
      attachTo: { element: '#title', on: 'bottom' },
      text: 'All you work on is here.',
      buttons: [
        {
          text: 'Next',
          action() {
            void this.next()
          },
        },
      ],
    },
    {
      id: 'new-project',
      attachTo: { element: '#new', on: 'bottom' },
      text: 'Make your first project.',
      buttons: [
        {
          text: 'Done',
          action() {
            void this.next()
          },
        },
      ],
    },
  ],
})

attachShepherd(tourhook, tour, { tour: 'welcome' })

document.querySelector('#start')?.addEventListener('click', () => tour.start())
