import { createTourhook } from 'tourhook'
import { installUsetiful, usetifulTags } from 'tourhook/compat'

const tourhook = createTourhook(
  {
    webhooks: [{ id: 'crm', name: 'CRM', url: `${location.origin}/webhook` }],
    tours: [
      {
        // The tour's number, as the page's calls say it.
        id: '1234',
        steps: [
          { id: 'hello', type: 'modal', title: 'Hi {firstName}' },
          {
            id: 'send',
            type: 'trigger',
            trigger: {
              type: 'webhook',
              webhook: 'crm',
              data: { name: { tag: 'firstName' }, plan: { tag: 'plan' } },
            },
          },
          { id: 'bye', type: 'modal', title: 'That is all' },
        ],
      },
    ],
  },
  { tags: usetifulTags },
)

installUsetiful(tourhook)

// The plainest way to draw a step; `tourhook/render` has a better one.
const dialog = document.querySelector<HTMLDialogElement>('#step')
const title = document.querySelector('#step-title')
tourhook.on('step', ({ step }) => {
  if (title) title.textContent = step.title ?? ''
  if (!dialog?.open) dialog?.showModal()
})
tourhook.on('completed', () => dialog?.close())
tourhook.on('closed', () => dialog?.close())
