import type { Webhook } from '../../../src/schema/webhook.ts'

export const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

/** A webhook that gets every completed tour. */
export function webhookTo(url: string, more: Partial<Webhook> = {}): Webhook {
  return { id: 'crm', name: 'CRM lead', url, events: ['tour_completed'], secret, ...more }
}

export const tourCompleted = { name: 'tour_completed', userId: 'user_123', id: 'welcome' } as const
