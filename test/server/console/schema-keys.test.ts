import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { fieldSchema } from '../../../src/schema/field.ts'
import { startSchema } from '../../../src/schema/start.ts'
import { stepSchema } from '../../../src/schema/steps.ts'
import { tourSchema } from '../../../src/schema/tour.ts'
import { tourTriggerSchema, triggerSchema } from '../../../src/schema/triggers.ts'
import { webhookSchema } from '../../../src/schema/webhook.ts'
import { bannerSchema, checklistSchema, segmentSchema } from '../../../src/schema/widgets.ts'
import { formIn, startConsole } from '../../support/console.ts'

/** Every key of a thing: the field of the form that has it, or in brackets why it has none. */
const things: Record<string, { schema: z.core.$ZodType; form: string; keys: Record<string, string> }> = {
  webhook: {
    schema: webhookSchema,
    form: 'webhooks/crm/edit',
    keys: {
      id: '(made of the first name; triggers refer to it, so that it stays)',
      name: 'name',
      url: 'url',
      method: 'method',
      query: 'query.name',
      headers: 'headers.name',
      auth: 'username',
      transport: 'transport',
      data: 'key.0',
      anyData: 'anyData',
      body: 'body',
      events: 'events',
      contents: 'contents',
      secret: '(made by the companion and shown once, on the webhook’s page; never typed)',
      concurrency: 'concurrency',
      ratePerSecond: 'ratePerSecond',
    },
  },
  tour: {
    schema: tourSchema,
    form: 'tours/crew',
    keys: {
      id: '(made of the first name; the site’s own code refers to it, so that it stays)',
      name: 'name',
      steps: '(each has a page of its own)',
      triggers: '(each has a page of its own)',
      start: 'starts',
    },
  },
  start: {
    schema: startSchema,
    form: 'tours/crew',
    keys: {
      url: 'start.url',
      tags: 'start.tags.tag',
      element: 'start.element',
      event: 'start.event',
      delayMs: 'start.delayMs',
      once: 'start.again',
    },
  },
  step: {
    schema: stepSchema,
    form: 'tours/crew/steps/board',
    keys: {
      id: '(made with the step and shown; buttons and triggers refer to it, so that it stays)',
      type: 'type',
      title: 'title',
      content: 'content',
      fields: 'ask.label.0',
      element: 'element',
      place: 'place',
      trigger: '(the form of a step of the type trigger)',
    },
  },
  question: {
    schema: fieldSchema,
    form: 'tours/crew/steps/board',
    keys: {
      name: 'ask.name.0',
      label: 'ask.label.0',
      type: 'ask.type.0',
      required: 'ask.required.0',
      placeholder: 'ask.placeholder.0',
      min: 'ask.min.0',
      max: 'ask.max.0',
      options: 'ask.options.0',
    },
  },
  trigger: {
    schema: triggerSchema,
    form: 'tours/crew/steps/send',
    keys: { type: 'triggerType', webhook: 'webhook', data: 'key.0', repeat: 'repeat' },
  },
  'trigger of a tour': {
    schema: tourTriggerSchema,
    form: 'tours/crew/triggers/0',
    keys: { on: 'moment', step: 'moment', trigger: 'webhook' },
  },
  checklist: {
    schema: checklistSchema,
    form: 'checklists/first-week',
    keys: {
      id: '(made of the first name; the site’s own code refers to it, so that it stays)',
      name: 'name',
      title: 'title',
      items: 'item.title',
    },
  },
  banner: {
    schema: bannerSchema,
    form: 'banners/news',
    keys: {
      id: '(made of the first name; the site’s own code refers to it, so that it stays)',
      name: 'name',
      content: 'content',
      position: 'position',
    },
  },
  segment: {
    schema: segmentSchema,
    form: 'segments/trial',
    keys: {
      id: '(made of the first name; it is the id of its events, so that it stays)',
      name: 'name',
      tags: 'tags.tag',
      completed: 'completed',
      notCompleted: 'notCompleted',
    },
  },
}

const contents = {
  tours: {
    id: 'crew',
    name: 'Crew',
    start: {
      url: '/x',
      element: '#a',
      event: 'click',
      delayMs: 5,
      tags: { plan: { is: 'trial' } },
      once: false,
    },
    steps: [
      {
        id: 'board',
        type: 'pointer',
        element: '#board',
        place: 'top',
        title: 'Here',
        content: 'Line one\n\nLine two',
        fields: [
          {
            name: 'count',
            label: 'How many',
            type: 'number',
            required: true,
            placeholder: '3',
            min: 0,
            max: 9.5,
          },
          { name: 'role', label: 'Role', type: 'select', options: ['A', 'B "c"'] },
          { name: 'note', label: 'Note', type: 'textarea', placeholder: '…' },
          { name: 'nps', label: 'And?', type: 'nps' },
        ],
      },
      {
        id: 'send',
        type: 'trigger',
        trigger: {
          type: 'webhook',
          webhook: 'crm',
          data: {
            a: { tag: 'plan' },
            b: { answer: 'count' },
            c: { page: 'url' },
            d: { value: '5' },
            e: { value: 5 },
            f: { element: '#x', attribute: 'title' },
            g: { tour: 'name' },
            h: { value: true },
          },
          repeat: true,
        },
      },
    ],
    triggers: [
      { on: 'step', step: 0, trigger: { type: 'webhook', webhook: 'crm' } },
      { on: 'closed', trigger: { type: 'webhook', webhook: 'crm' } },
    ],
  },
  checklists: {
    id: 'first-week',
    name: 'First week',
    title: 'Your first week',
    items: [
      { id: 'look', title: 'Look', tour: 'crew' },
      { id: 'plan', title: 'Plan' },
    ],
  },
  banners: { id: 'news', name: 'News', content: '**New**\nline', position: 'bottom' },
  segments: {
    id: 'trial',
    name: 'Trial',
    tags: { plan: { is: 'trial' }, role: { hasText: false }, note: { contains: 'a', notContains: 'b' } },
    completed: ['crew'],
    notCompleted: ['first-week'],
  },
}

async function withEverything() {
  const started = await startConsole()
  const owner = await started.signIn()
  await started.emitter.webhooks.create({
    id: 'crm',
    name: 'CRM',
    url: started.receiver.url('/hook'),
    method: 'GET',
    query: { source: 'tour' },
    headers: { 'X-Team': 'growth' },
    auth: { username: 'u', password: 'p' },
    transport: 'relay',
    data: { plan: { tag: 'plan' } },
    anyData: true,
    body: { text: '{role} is done' },
    events: ['tour_completed'],
    contents: ['crew'],
    concurrency: 2,
    ratePerSecond: 0.5,
  })
  for (const [kind, content] of Object.entries(contents)) {
    await owner.post(kind, { name: content.name })
    await owner.post(`${kind}/${content.id}/json`, { rev: '1', json: JSON.stringify(content) })
  }
  return { ...started, owner }
}

describe('every key of the schemas', () => {
  it.each(Object.entries(things))(
    'of a %s has its field in the console, or a reason to have none',
    (_, thing) => {
      expect(keysIn(z.toJSONSchema(thing.schema, { io: 'input' })).toSorted()).toEqual(
        Object.keys(thing.keys).toSorted(),
      )
    },
  )

  it.each(Object.entries(things))(
    'of a %s stands in the form that it is said to be in',
    async (_, { form, keys }) => {
      const { owner } = await withEverything()
      const { html } = await owner.get(form)
      const fields = Object.values(keys).filter(field => !field.startsWith('('))
      expect(fields.filter(field => !html.includes(` name="${field}"`))).toEqual([])
    },
  )

  it.each([
    'tours/crew',
    'tours/crew/steps/board',
    'tours/crew/steps/send',
    'tours/crew/triggers/0',
    'tours/crew/triggers/1',
    'checklists/first-week',
    'banners/news',
    'segments/trial',
  ])('comes through the form of %s, saved as it stands, without a change', async path => {
    const { owner, emitter } = await withEverything()
    const [kind = '', id = ''] = path.split('/')
    const { html } = await owner.get(path)
    const { location } = await owner.post(path, formIn(html, `/${path}`))
    expect(location).toBe(`/console/${path}?note=unchanged`)
    const document = await emitter.console.document(kind as 'tours', id)
    expect(document?.draft).toEqual(contents[kind as keyof typeof contents])
  })

  it('comes through the form of a webhook, too', async () => {
    const { owner, emitter } = await withEverything()
    const before = await emitter.webhooks.settings('crm')
    const { html } = await owner.get('webhooks/crm/edit')
    expect((await owner.post('webhooks/crm/edit', formIn(html, '/webhooks/crm/edit'))).status).toBe(303)
    expect(await emitter.webhooks.settings('crm')).toEqual(before)
  })
})

function keysIn({ properties = {}, anyOf = [], oneOf = [] }: z.core.JSONSchema.BaseSchema): string[] {
  const branches = [...anyOf, ...oneOf].flatMap(branch => keysIn(branch))
  return [...new Set([...Object.keys(properties), ...branches])]
}
