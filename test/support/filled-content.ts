import type { Config } from '../../src/schema/config.ts'

/** What stands in its config file. */
export function configOf(url: (path: string) => string): Config {
  return {
    webhooks: [
      { id: 'crm', name: 'CRM lead', url: url('/crm'), transport: 'relay', data: { plan: { tag: 'plan' } } },
      {
        id: 'slack',
        name: 'Success team on Slack',
        url: url('/slack'),
        transport: 'relay',
        events: ['tour_completed', 'webhook_disabled'],
        body: { text: '{userId} has completed {tour.name}' },
      },
      {
        id: 'warehouse',
        name: 'Data warehouse',
        url: url('/warehouse'),
        transport: 'relay',
        events: ['checklist_completed'],
      },
      { id: 'old', name: 'The old importer', url: url('/old'), transport: 'relay' },
    ],
    tours: [
      {
        id: 'onboarding',
        name: 'Onboarding',
        steps: [
          { id: 'hi', type: 'modal', title: 'Good morning, {firstName}', content: 'Three stops.' },
          { id: 'send', type: 'trigger', trigger: { type: 'webhook', webhook: 'crm' } },
        ],
      },
    ],
  }
}

/** A tour of every kind of step. */
export const crewWelcome = {
  id: 'crew-welcome',
  name: 'Crew welcome',
  steps: [
    {
      id: 'hello',
      type: 'modal',
      title: 'Good morning, {firstName}.',
      content: 'Three stops and **you know your way around**. First, who are you planning for?',
      fields: [
        {
          name: 'role',
          label: 'What you do',
          type: 'select',
          options: ['Ecologist', 'Surveyor'],
          required: true,
        },
        { name: 'email', label: 'Work e-mail', type: 'email', placeholder: 'ada@example.com' },
      ],
    },
    { id: 'board', type: 'pointer', element: '#week .board', place: 'top', title: 'A week, one line a site' },
    {
      id: 'send',
      type: 'trigger',
      trigger: {
        type: 'webhook',
        webhook: 'crm',
        data: {
          email: { answer: 'email' },
          role: { answer: 'role' },
          from: { page: 'url' },
          campaign: { value: 'spring' },
        },
      },
    },
    { id: 'done', type: 'slideout', title: 'That is all', content: 'We have written to you.' },
  ],
  triggers: [{ on: 'closed', trigger: { type: 'webhook', webhook: 'slack' } }],
  start: { url: '/projects/*', tags: { plan: { is: 'trial' } } },
}

/** A checklist. */
export const firstWeek = {
  id: 'first-week',
  name: 'First week',
  title: 'Your first week',
  items: [
    { id: 'look', title: 'Have a look around', tour: 'onboarding' },
    { id: 'crew', title: 'Invite your crew', tour: 'crew-welcome' },
    { id: 'plan', title: 'Plan a visit' },
  ],
}

/** A banner. */
export const maintenance = {
  id: 'maintenance-on-sunday',
  name: 'Maintenance on Sunday',
  content: 'We are **away on Sunday** from 9 to 10, {firstName}. [What changes](https://example.com)',
}

/** A segment. */
export const surveyors = {
  id: 'trial-surveyors',
  name: 'Trial surveyors',
  tags: { plan: { is: 'trial' }, role: { contains: 'urvey' } },
  notCompleted: ['onboarding'],
}
