import { Window } from 'happy-dom'
import { describe, expect, it, vi } from 'vitest'
import { relayedOf } from '../../support/companion.ts'
import { startConsole } from '../../support/console.ts'

const sections = 'Overview,Tours,Checklists,Banners,Webhooks,Deliveries,Users,Publish,Settings'.split(',')

/** The names that a page gives its parts, as somebody hears them who doesn't see them. */
function namesIn(html: string) {
  const { DOMParser } = new Window()
  const page = new DOMParser().parseFromString(html, 'text/html')
  for (const hidden of page.querySelectorAll('[aria-hidden=true]')) hidden.remove()
  const textsOf = (selector: string) =>
    [...page.querySelectorAll(selector)].map(
      each => each.getAttribute('aria-label') ?? each.textContent.replace(/\s+/g, ' ').trim(),
    )
  return {
    links: textsOf('a[href]'),
    buttons: textsOf('button'),
    headings: textsOf('h1, h2, h3'),
    labels: textsOf('label'),
    options: textsOf('option'),
  }
}

function timesOf(names: readonly string[], wanted: string): number {
  return names.filter(name => name === wanted).length
}

/** One of everything, and a delivery that waits. */
async function withEverything() {
  const started = await startConsole()
  const owner = await started.signIn()
  started.receiver.script({ path: '/hook', answer: { status: 500, body: '' } })
  await owner.post('webhooks/new', { name: 'CRM', url: started.receiver.url('/hook') })
  await owner.post('tours', { name: 'Crew' })
  await owner.post('tours/crew/steps', { type: 'trigger' })
  await started.post('/v1/relay/crm', relayedOf({ id: 'msg_1' }))
  await vi.waitFor(async () =>
    expect((await started.emitter.deliveries.get('msg_1'))?.attempts).toHaveLength(1),
  )
  return { ...started, owner }
}

describe('the names by which people find things', () => {
  it('are those of the navigation, each one link and one heading, on a page with nothing on it too', async () => {
    const started = await startConsole()
    const owner = await started.signIn()
    for (const section of sections) {
      const { links, headings } = namesIn((await owner.get(section.toLowerCase())).html)
      for (const name of sections) expect(timesOf(links, name), `${section}: ${name}`).toBe(1)
      // No other heading has it in it.
      expect(
        headings.filter(name => name.toLowerCase().includes(section.toLowerCase())),
        section,
      ).toEqual([section])
    }
  })

  it('are of one link, button or field on each page that has it', async () => {
    const { owner } = await withEverything()
    const pages: [string, Partial<ReturnType<typeof namesIn>>][] = [
      ['overview', { buttons: ['New webhook', 'Sign out'] }],
      ['webhooks', { buttons: ['New webhook'] }],
      ['webhooks/new', { buttons: ['Probe', 'Save'], labels: ['Name', 'URL', 'Method', 'Transport'] }],
      ['webhooks/crm/edit', { buttons: ['Probe', 'Save'], labels: ['Name', 'URL', 'Method', 'Transport'] }],
      ['webhooks/crm', { buttons: ['Send a test'] }],
      ['deliveries/crm/msg_1', { buttons: ['Resend', 'Cancel'] }],
      ['publish', { buttons: ['Publish'] }],
      ['tours/crew/steps/hello', { buttons: ['Save'] }],
      ['tours/crew/steps/send', { buttons: ['Save'], options: ['Send data to webhook'], labels: ['Webhook'] }],
    ]
    for (const [path, wanted] of pages) {
      const found = namesIn((await owner.get(path)).html)
      for (const section of sections) expect(timesOf(found.links, section), `${path}: ${section}`).toBe(1)
      for (const [kind, names] of Object.entries(wanted))
        for (const name of names) expect(timesOf(found[kind as 'links'], name), `${path}: ${name}`).toBe(1)
    }
    expect(timesOf(namesIn((await owner.get('tours/crew/steps/send')).html).options, 'Trigger event')).toBe(2)
  })

  it('are Token and Sign in at the door', async () => {
    const { request } = await startConsole()
    const { labels, buttons } = namesIn((await request('/console/sign-in')).html)
    expect({ labels, buttons }).toEqual({ labels: ['Token'], buttons: ['Sign in'] })
  })
})
