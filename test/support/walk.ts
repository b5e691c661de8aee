import type { Config } from '../../src/index.ts'

/** A tour with every kind of step and of field. */
export const walk: Config = {
  webhooks: [{ id: 'crm', url: 'https://crm.example/hook' }],
  tours: [
    {
      id: 'walk',
      name: 'Walk',
      steps: [
        {
          id: 'hello',
          type: 'modal',
          title: 'Welcome, {firstName}',
          content:
            'Let us set up your workspace. It takes **two minutes**, and you can [skip ahead](step:board) at any time.\n\n- Tell us about your work\n- See where things are\n- Say how it went',
        },
        {
          id: 'about',
          type: 'modal',
          title: 'About you',
          content: 'So that we show you what matters.',
          fields: [
            { name: 'name', label: 'Your name', type: 'text', placeholder: 'Ada Lovelace', required: true },
            {
              name: 'email',
              label: 'Work email',
              type: 'email',
              placeholder: 'ada@example.com',
              required: true,
            },
            {
              name: 'role',
              label: 'Your role',
              type: 'select',
              options: ['Developer', 'Designer', 'Manager'],
            },
            { name: 'team', label: 'People in your team', type: 'number', min: 1, max: 500 },
          ],
        },
        {
          id: 'needs',
          type: 'modal',
          title: 'What do you need?',
          fields: [
            {
              name: 'plan',
              label: 'How do you want to start?',
              type: 'radio',
              options: ['With a template', 'From scratch', 'By importing'],
              required: true,
            },
            {
              name: 'tools',
              label: 'Which tools do you use?',
              type: 'checkbox',
              options: ['Slack', 'Jira', 'Notion'],
            },
            { name: 'news', label: 'Send me the monthly letter', type: 'checkbox' },
          ],
        },
        {
          id: 'board',
          type: 'pointer',
          element: '#new',
          title: 'Start here',
          content: 'Each project has a board of its own. Press `N` to add one from anywhere.',
        },
        {
          id: 'rate',
          type: 'slideout',
          title: 'How was it so far?',
          fields: [
            { name: 'stars', label: 'This tour', type: 'rating', required: true },
            { name: 'score', label: 'Would you recommend us?', type: 'nps', required: true },
            { name: 'words', label: 'Anything else?', type: 'textarea', placeholder: 'Tell us more' },
          ],
        },
        {
          id: 'send',
          type: 'trigger',
          trigger: {
            type: 'webhook',
            webhook: 'crm',
            data: Object.fromEntries(
              ['name', 'email', 'role', 'team', 'plan', 'tools', 'news', 'stars', 'score', 'words'].map(
                name => [name, { answer: name }],
              ),
            ),
          },
        },
        { id: 'bye', type: 'modal', title: 'All set', content: 'Have a good start.' },
      ],
    },
  ],
  checklists: [
    {
      id: 'first',
      title: 'Getting started',
      items: [
        { id: 'tour', title: 'Take the tour', tour: 'walk' },
        { id: 'invite', title: 'Invite a colleague' },
        { id: 'project', title: 'Create a project' },
      ],
    },
  ],
  banners: [
    {
      id: 'news',
      name: 'News',
      content: 'Boards are **twice as fast** now. [Read how](https://example.com/fast)',
    },
  ],
}
