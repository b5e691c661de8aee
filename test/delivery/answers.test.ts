import { describe, expect, it } from 'vitest'
import { createPage, crmAt, toCrm } from '../support/page.ts'

const page = createPage()

describe('an endpoint that accepts', () => {
  it.each([200, 201, 202, 204])('is done with %i, announces it and forgets the message', async status => {
    page.receiver.script({ answer: { status } })
    const { tourhook, heard } = page.open(crmAt(page.receiver.url('/hook')))
    tourhook.trigger(toCrm({ plan: { value: 'pro' } }))
    const id = heard.queued[0]?.id
    await page.windUntil(() => heard.delivered.length > 0)

    expect(heard.delivered).toMatchObject([{ id, webhook: 'crm', status, transport: 'cors' }])
    expect(tourhook.pending()).toEqual([])
    await page.wind(600_000)
    expect(page.receiver.requests).toHaveLength(1)
  })
})

describe('an endpoint that refuses', () => {
  it.each([400, 401, 403, 404, 405, 409, 410, 413, 422, 431])(
    'is not asked again after %i, which is announced',
    async status => {
      page.receiver.script({ answer: { status } })
      const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
      tourhook.trigger(toCrm())
      await page.windUntil(() => heard.failed.length > 0)

      expect(heard.failed).toMatchObject([{ webhook: 'crm', reason: 'refused', status }])
      expect(heard.delivered).toEqual([])
      expect(tourhook.pending()).toEqual([])
      await page.wind(600_000)
      expect(page.receiver.requests).toHaveLength(1)
    },
  )
})

describe('an endpoint that is not ready', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, 520, 599])(
    'is asked again in the page after %i, with the same id',
    async status => {
      page.receiver.script({ answers: [{ status }, { status }] })
      const { tourhook, heard } = page.open(crmAt(page.receiver.url()))
      tourhook.trigger(toCrm())
      await page.windUntil(() => heard.delivered.length > 0)

      const ids = page.receiver.requests.map(({ json }) => (json as { id: string }).id)
      expect(ids).toHaveLength(3)
      expect(new Set(ids)).toEqual(new Set([heard.queued[0]?.id]))
      expect(heard.failed).toEqual([])
    },
  )
})
