import { createBanner, createChecklist, createTourhook, startTours } from 'tourhook'
import { createRenderer, drawBanner, drawChecklist } from 'tourhook/render'
import { createApp, defineComponent, h, ref } from 'vue'

const tourhook = createTourhook(
  {
    webhooks: [{ id: 'crm', name: 'CRM', url: `${location.origin}/webhook` }],
    tours: [
      {
        id: 'team',
        start: { url: '/#/settings' },
        steps: [
          { id: 'invite', type: 'pointer', element: '#invite', content: 'Work goes better together.' },
          {
            id: 'ask',
            type: 'slideout',
            title: 'Your team',
            fields: [
              { name: 'size', label: 'How many are you?', type: 'number', min: 1, required: true },
              { name: 'fit', label: 'Does this fit?', type: 'rating' },
            ],
          },
          {
            id: 'send',
            type: 'trigger',
            trigger: {
              type: 'webhook',
              webhook: 'crm',
              data: { size: { answer: 'size' }, fit: { answer: 'fit' }, page: { page: 'url' } },
            },
          },
          { id: 'project', type: 'pointer', element: '#new', title: 'Now begin', content: 'Make a project.' },
        ],
      },
    ],
    checklists: [
      {
        id: 'onboarding',
        title: 'Getting started',
        items: [
          { id: 'team', title: 'Tell us about your team', tour: 'team' },
          { id: 'project', title: 'Make a project' },
        ],
      },
    ],
    banners: [{ id: 'news', content: 'Boards are **twice as fast** since today.' }],
  },
  { tags: { userId: 'user_123' }, renderer: createRenderer() },
)

// Starts the tour when the visitor comes to the settings; the application's own navigation is seen.
startTours(tourhook)

// The last step is on another view: the tour waits for its element.
tourhook.on('step', ({ step }) => {
  if (step.id === 'project') location.hash = '#/'
})

drawChecklist(createChecklist(tourhook, 'onboarding'))
drawBanner(createBanner(tourhook, 'news'))

const view = ref(location.hash)
addEventListener('hashchange', () => {
  view.value = location.hash
})

const Projects = () => [h('h1', 'Your projects'), h('button', { id: 'new', type: 'button' }, 'New project')]
const Settings = () => [
  h('h1', 'Settings'),
  h('button', { id: 'invite', type: 'button' }, 'Invite a colleague'),
]

const App = defineComponent(() => () => [
  h('nav', [h('a', { href: '#/' }, 'Projects'), h('a', { href: '#/settings' }, 'Settings')]),
  h('main', view.value === '#/settings' ? Settings() : Projects()),
])

createApp(App).mount('#app')
