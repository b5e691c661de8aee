import { expect } from 'vitest'
import { adminToken } from './companion.ts'
import type { ConsoleSite } from './console-site.ts'

/** Somebody who writes a tour: with a mouse, by keyboard, in one engine or another. */
export interface Author {
  goto(url: string): Promise<void>
  /** A link, a button or the summary of something folded, by its name; waits for what follows. */
  press(role: 'link' | 'button' | 'summary', name: string): Promise<void>
  /** The field with this label; the index-th of them. */
  fill(label: string, text: string, index?: number): Promise<void>
  choose(label: string, option: string, index?: number): Promise<void>
  valueIn(label: string): Promise<string>
  /** Waits until it is to be read. */
  sees(text: string): Promise<void>
  /** Takes the tour on the site: starts it, answers its one question, goes on. */
  visit(url: string, answer: string): Promise<void>
}

/**
 * From the sign-in to a delivery that is sent once more: a webhook, probed and tested; a tour with a question and a
 * Trigger event step that sends a tag and the answer; published, and taken by a visitor.
 */
export async function writeTour(
  author: Author,
  { origin, shop, emitter, receiver }: ConsoleSite,
  name: string,
) {
  const { press, fill, choose, sees, goto, visit, valueIn } = author
  const hook = `CRM ${name}`
  const title = `Welcome ${name}`
  const tour = title.toLowerCase().replace(/[^a-z0-9]+/g, '-')

  await goto(`${origin}/console`)
  await fill('Token', adminToken)
  await press('button', 'Sign in')
  await sees('Overview')

  await press('link', 'Webhooks')
  await press('button', 'New webhook')
  await fill('Name', hook)
  await fill('URL', receiver.url('/crm'))
  await press('button', 'Probe')
  await sees('A browser can post JSON here and read the answer.')
  expect([await valueIn('Name'), await valueIn('Transport')]).toEqual([hook, 'relay'])
  await press('button', 'Save')
  await sees('whsec_')
  await press('button', 'Send a test')
  await sees('It answered 200 after')

  await press('link', 'Tours')
  await fill('Name of the new tour', title)
  await press('button', 'New tour')
  await press('summary', 'Add a question')
  await fill('Question', 'Your role')
  await press('button', 'Save')
  await choose('Type of the new step', 'Trigger event')
  await press('button', 'Add step')
  await sees('Send data to webhook')
  await choose('Webhook', hook)
  await fill('Key', 'email')
  await choose('From', 'Tag')
  await fill('Name or value', 'email')
  await fill('Key', 'role', 1)
  await fill('Name or value', 'your-role', 1)
  await press('button', 'Save')
  await sees('"ada@example.com"')
  await press('link', 'Publish')
  await press('button', 'Publish')
  await sees('Everything is published')

  await visit(shop(tour), 'Surveyor')
  const delivered = async () => {
    const { deliveries } = await emitter.deliveries.list({ state: 'delivered' })
    return deliveries.find(({ message }) => message.events[0]?.id === tour)?.message.data
  }
  await expect.poll(delivered).toEqual({ email: 'ada@example.com', role: 'Surveyor' })

  await press('link', 'Deliveries')
  await press('link', `trigger step · ${tour} / send`)
  await sees('the message has arrived.')
  const before = receiver.requests.length
  await press('button', 'Resend')
  await sees('Queued again')
  await expect.poll(() => receiver.requests.length).toBe(before + 1)
}
