// @vitest-environment node
import { expect, it } from 'vitest'
import { createBanner, createChecklist, createTourhook, startTours } from '../src/index.ts'
import { createRenderer } from '../src/render/index.ts'

it('does nothing and throws nothing while a server renders the page', async () => {
  expect(typeof document).toBe('undefined')
  const config = {
    webhooks: [{ id: 'crm', url: 'https://hooks.example.com/lead' }],
    tours: [{ id: 't', steps: [{ type: 'modal' as const }], start: {} }],
    checklists: [{ id: 'list', items: [{ id: 'a', tour: 't' }] }],
    banners: [{ id: 'news', content: 'Hi {firstName} on {page.url}' }],
  }
  const tourhook = createTourhook(config, { renderer: createRenderer(), tags: { firstName: 'Ada' } })
  tourhook.tags.set({ userId: 'ada' })
  expect(tourhook.tags.get()).toEqual({})
  expect(tourhook.tags.get('userId')).toBeUndefined()
  const undo = tourhook.on('step', () => undefined)
  expect(tourhook.start('t')).toBeUndefined()
  tourhook.trigger({ type: 'webhook', webhook: 'crm' })
  tourhook.consent(true)
  expect(tourhook.runs()).toEqual([])
  expect(tourhook.pending()).toEqual([])
  await tourhook.flush()
  const checklist = createChecklist(tourhook, 'list')
  expect(checklist.progress).toEqual({ completed: 0, total: 1 })
  const banner = createBanner(tourhook, 'news')
  expect(banner.content).toBe('Hi  on ')
  startTours(tourhook)()
  undo()
  checklist.destroy()
  tourhook.destroy()
})
