import { type Config, createTourhook } from 'tourhook'

const config: Config = {
  // `npx tourhook listen` shows what arrives there.
  webhooks: [{ id: 'crm', name: 'CRM', url: 'http://localhost:9090/lead' }],
  tours: [
    {
      id: 'welcome',
      steps: [
        { id: 'hello', type: 'modal', title: 'Hi {firstName}', content: 'What do you do?' },
        {
          id: 'send',
          type: 'trigger',
          trigger: {
            type: 'webhook',
            webhook: 'crm',
            data: { role: { answer: 'role' }, at: { page: 'path' } },
          },
        },
        { id: 'done', type: 'modal', title: 'Thank you' },
      ],
    },
  ],
}

/** One for the page. On the server it does nothing, so that any module may import it. */
export const tourhook = createTourhook(config, { tags: { userId: 'user_123', firstName: 'Ada' } })
