import { describe, expect, it } from 'vitest'
import { fieldIn, formIn, startConsole } from '../../support/console.ts'

async function withSteps() {
  const started = await startConsole({ config: url => ({ webhooks: [{ id: 'crm', url: url('/hook') }] }) })
  const owner = await started.signIn()
  const steps = [
    {
      id: 'hello',
      type: 'modal',
      title: 'Hi',
      content: 'Text',
      fields: [{ name: 'role', label: 'Role', type: 'text' }],
    },
    { id: 'board', type: 'pointer', element: '#board', title: 'Here' },
    {
      id: 'send',
      type: 'trigger',
      trigger: { type: 'webhook', webhook: 'crm', data: { email: { tag: 'email' } } },
    },
    { id: 'empty', type: 'modal' },
  ]
  await owner.post('tours', { name: 'Crew' })
  await owner.post('tours/crew/json', { rev: '1', json: JSON.stringify({ name: 'Crew', steps }) })
  /** Saves a step's form as its page shows it, with changes. */
  const save = async (step: string, changes: Record<string, string>) => {
    const { html } = await owner.get(`tours/crew/steps/${step}`)
    return owner.post(`tours/crew/steps/${step}`, { ...formIn(html, `/steps/${step}`), ...changes })
  }
  const draft = async () => {
    const document = await started.emitter.console.document('tours', 'crew')
    return (document?.draft as { steps: typeof steps } | undefined)?.steps ?? []
  }
  return { owner, save, draft, steps }
}

describe('a step that gets another type', () => {
  it.each([
    ['hello', 'trigger', ['its title: Hi', 'its text', 'its questions: Role']],
    ['board', 'trigger', ['its title: Here', 'what it points at: #board']],
    ['board', 'modal', ['what it points at: #board']],
    ['send', 'slideout', ['what it sends to the webhook crm', 'its data: email']],
  ])('loses nothing in silence: %s to %s asks first', async (step, type, losses) => {
    const { save, draft, steps } = await withSteps()
    const { status, html } = await save(step, { type })
    expect(status).toBe(200)
    for (const loss of losses) expect(html).toContain(`<li>${loss}</li>`)
    expect(await draft()).toEqual(steps)
  })

  it('keeps its words, with what was typed, and gets a Trigger event after it, when somebody says so', async () => {
    const { save, draft, steps } = await withSteps()
    const { location } = await save('hello', { type: 'trigger', title: 'Hi there', switch: 'add' })
    expect(location).toBe('/console/tours/crew/steps/send-2?note=saved')
    expect((await draft()).slice(0, 2)).toEqual([
      { ...steps[0], title: 'Hi there' },
      { id: 'send-2', type: 'trigger', trigger: { type: 'webhook', webhook: '' } },
    ])
  })

  it('keeps what it sends, and gets a step before it, when somebody says so', async () => {
    const { save, draft, steps } = await withSteps()
    await save('send', { type: 'modal', switch: 'add' })
    expect((await draft()).slice(1, 4)).toEqual([steps[1], { id: 'modal', type: 'modal' }, steps[2]])
  })

  it('becomes the other, without the rest, when somebody says so', async () => {
    const { save, draft } = await withSteps()
    await save('hello', { type: 'trigger', switch: 'replace' })
    expect((await draft())[0]).toEqual({ id: 'hello', type: 'trigger', trigger: { type: 'webhook' } })
  })

  it('asks nothing when there is nothing to lose', async () => {
    const { save, draft, owner } = await withSteps()
    expect((await save('empty', { type: 'trigger' })).status).toBe(303)
    expect((await save('hello', { type: 'slideout' })).status).toBe(303)
    expect((await draft()).map(({ type }) => type)).toEqual(['slideout', 'pointer', 'trigger', 'trigger'])
    expect(fieldIn((await owner.get('tours/crew/steps/empty')).html, 'shown')).toBe('trigger')
  })
})
