import { describe, expect, it } from 'vitest'
import { checkConfig } from '../../src/schema/index.ts'
import { fullConfig } from '../support/config.ts'
import { cpuTimeOf } from '../support/cpu-time.ts'

const messagesOf = (problems: readonly { message: string }[]) => problems.map(({ message }) => message)

describe('a check of a config', () => {
  it('throws nothing, whatever it is given', () => {
    for (const input of [undefined, null, 5, '', [], { webhooks: 5 }, { tours: [null, { steps: [5, {}] }] }]) {
      expect(checkConfig(input).config).toBeUndefined()
    }
  })

  it('finds what is wrong and what is hardly meant at once', () => {
    const { problems, warnings, notes } = checkConfig({
      webhooks: [{ id: 'crm', url: 'ftp://a', data: { role: { answer: 'roel' } } }],
      tours: [{ id: 'a', steps: [{ type: 'modal', fields: [{ name: 'role', type: 'text' }] }] }],
    })
    expect(messagesOf(problems)).toEqual(['expected an absolute URL that begins with https://'])
    expect(messagesOf(warnings)).toEqual(['no field has the name "roel"; did you mean "role"?'])
    expect(messagesOf(notes)).toEqual([expect.stringContaining('nothing in the config starts this tour')])
  })

  it('warns of nothing that is right', () => {
    const { config, warnings } = checkConfig(fullConfig)
    expect(config).toEqual(fullConfig)
    // Of the full config's own making: one endpoint is on this machine.
    expect(warnings.map(({ path }) => path)).toEqual(['webhooks[2].url'])
  })

  it('does not warn of what the page’s own code may do', () => {
    const trigger = { type: 'webhook', webhook: 'crm', data: { role: { answer: 'role' } } }
    const { warnings } = checkConfig({
      webhooks: [{ id: 'crm', url: 'https://a.example', body: { text: '{plan} {company}' } }],
      tours: [
        // Drawn by another library, which answers by run.answer().
        { id: 'drawn', triggers: [{ on: 'completed', trigger }] },
        // Drawn by the page, with a form of its own.
        { id: 'own', start: {}, steps: [{ type: 'modal' }, { type: 'trigger', trigger }] },
      ],
    })
    expect(warnings).toEqual([])
  })

  it('does not ask a server’s own list of webhooks for tours', () => {
    const { warnings } = checkConfig({
      webhooks: [
        {
          id: 'crm',
          url: 'https://a.example',
          events: ['tour_completed', 'banner_seen'],
          contents: ['welcome'],
        },
      ],
    })
    expect(warnings).toEqual([])
  })

  it('costs what its size costs, however much is wrong with it', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `${index}`)
    const config = {
      webhooks: many.map(id => ({
        id,
        url: 'https://a.example',
        events: ['tour_completed'],
        contents: [`no-${id}`],
        data: { role: { answer: `no-${id}` } },
        body: { text: `{no-${id}} {answer.nono-${id}}` },
      })),
      tours: many.map(id => ({
        id,
        steps: [
          {
            type: 'modal',
            content: `[go](step:no-${id}) {nope-${id}}`,
            fields: [{ name: `f-${id}`, type: 'text' }],
          },
          { type: 'trigger', trigger: { type: 'webhook', webhook: `no-${id}`, data: { a: { answer: 'x' } } } },
        ],
      })),
      segments: many.map(id => ({ id, completed: [`no-${id}`] })),
    }
    expect(cpuTimeOf(() => checkConfig(config))).toBeLessThan(2_000)
    const { problems, warnings } = checkConfig(config)
    expect(problems.length).toBe(2_000)
    expect(warnings.length).toBeGreaterThan(4_000)
  })
})
