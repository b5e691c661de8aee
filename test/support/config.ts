import type { Config } from '../../src/schema/config.ts'

/** A config in which every part of the format is used. */
export const fullConfig = {
  $schema: './node_modules/tourhook/dist/tourhook.schema.json',
  webhooks: [
    {
      id: 'crm',
      name: 'CRM lead',
      url: 'https://hooks.example.com/lead',
      method: 'POST',
      query: { source: 'tour', version: 2, test: false },
      headers: { 'X-Team': 'growth' },
      auth: { username: 'u', password: 'p' },
      transport: 'auto',
      data: { plan: { tag: 'plan' } },
      body: 'envelope',
    },
    {
      id: 'slack',
      url: 'https://hooks.slack.com/x',
      body: { text: '{role} finished {tour.name}', tags: ['a', 1, null] },
    },
    { id: 'local', url: 'http://localhost:3000/hook', method: 'GET', transport: 'simple', body: 'data' },
    { id: 'hidden', transport: 'relay' },
    {
      id: 'server',
      url: 'https://hooks.example.com/server',
      events: ['tour_completed', 'user_created'],
      contents: ['welcome'],
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      concurrency: 2,
      ratePerSecond: 0.5,
    },
  ],
  tours: [
    {
      id: 'welcome',
      name: 'Welcome',
      steps: [
        {
          id: 'hello',
          type: 'modal',
          title: 'Hi {firstName}',
          content: '…',
          fields: [
            {
              name: 'role',
              label: 'Your role',
              type: 'select',
              options: ['Developer', 'Manager'],
              required: true,
            },
            { name: 'text', type: 'text', placeholder: 'Ada' },
            { name: 'area', type: 'textarea' },
            { name: 'email', type: 'email' },
            { name: 'number', type: 'number', min: 1, max: 9 },
            { name: 'radio', type: 'radio', options: ['a'] },
            { name: 'check', type: 'checkbox' },
            { name: 'checks', type: 'checkbox', options: ['a', 'b'] },
            { name: 'rating', type: 'rating' },
            { name: 'nps', type: 'nps' },
          ],
        },
        {
          id: 'send',
          type: 'trigger',
          trigger: {
            type: 'webhook',
            webhook: 'crm',
            data: {
              email: { tag: 'email' },
              role: { answer: 'role' },
              from: { page: 'url' },
              sum: { element: '#sum', attribute: 'data-sum' },
              tour: { tour: 'startedAt' },
              campaign: { value: 'spring' },
              none: { value: null },
            },
            repeat: true,
          },
        },
        { id: 'done', type: 'pointer', element: '#new', content: '…', place: 'top' },
        { type: 'slideout' },
      ],
      triggers: [
        { on: 'closed', trigger: { type: 'webhook', webhook: 'crm' } },
        { on: 'started', trigger: { type: 'webhook', webhook: 'slack' } },
        { on: 'completed', trigger: { type: 'webhook', webhook: 'slack' } },
        { on: 'step', step: 'done', trigger: { type: 'webhook', webhook: 'slack' } },
        { on: 'step', step: 0, trigger: { type: 'webhook', webhook: 'slack' } },
      ],
      start: { url: '/projects/*', tags: { plan: { is: 'pro' } }, element: '#app', delayMs: 500, once: false },
    },
    { id: 'drawn', triggers: [{ on: 'step', step: 'anything', trigger: { type: 'webhook', webhook: 'crm' } }] },
  ],
  checklists: [
    { id: 'start', title: 'Start', items: [{ id: 'take', title: 'Take the tour', tour: 'welcome' }] },
  ],
  banners: [{ id: 'sale', content: 'Hi {firstName}', position: 'top' }],
  segments: [{ id: 'pros', tags: { plan: { isNot: 'free', hasText: true } }, completed: ['welcome'] }],
} satisfies Config
