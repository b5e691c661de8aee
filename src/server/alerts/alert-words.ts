import { durationInWords } from '../emitter/duration.ts'
import type { OperationalEvent } from '../emitter/emitter-events.ts'
import { disabledWords } from '../webhooks/disabled-words.ts'

/** The text of one e-mail. */
export interface MailText {
  subject: string
  text: string
}

/**
 * Says what has happened since the last e-mail, the newest last.
 *
 * @param nameOf What people call a webhook.
 * @param left How many more there were than are listed.
 */
export function digestOf(
  events: readonly OperationalEvent[],
  { nameOf, left }: { nameOf: (webhook: string) => string; left: number },
): MailText {
  const sentences = [
    ...events.filter(({ name }) => name !== 'delivery_exhausted').map(event => sentenceOf(event, nameOf)),
    ...exhaustedSentences(events, nameOf),
  ]
  const more = left > 0 ? [`And ${left} more.`] : []
  const [only] = sentences
  const subject = sentences.length === 1 && only ? only.short : `${sentences.length} things about your webhooks`
  return {
    subject: `Tourhook: ${oneLine(subject)}`,
    text: [...sentences.map(({ long }) => `- ${long}`), ...more]
      .join('\n\n')
      .concat(
        '\n\nThe console shows each delivery and each attempt. Who gets this is set there, in Settings, Alerts.\n',
      ),
  }
}

interface Sentence {
  short: string
  long: string
}

function sentenceOf(event: OperationalEvent, nameOf: (webhook: string) => string): Sentence {
  const { webhook, at, since = at, failures = 0, reason } = event
  const name = nameOf(webhook)
  if (event.name === 'webhook_failing') {
    const short = `${name} is failing`
    const long = `${short}: ${failures} attempts in a row, the last one ${endOf(event)}. Each message is tried again. (${timeOf(at)})`
    return { short, long }
  }
  if (event.name === 'webhook_recovered') {
    const short = `${name} works again`
    return { short, long: `${short}, after ${durationInWords(at - since)}. (${timeOf(at)})` }
  }
  const short = `${name} is disabled`
  const why = reason === undefined ? '' : `: ${disabledWords[reason]}`
  return { short, long: `${short}${why}. What comes waits until it is enabled again. (${timeOf(at)})` }
}

/** What was given up, webhook by webhook: there may be hundreds. */
function exhaustedSentences(
  events: readonly OperationalEvent[],
  nameOf: (webhook: string) => string,
): Sentence[] {
  const exhausted = events.filter(({ name }) => name === 'delivery_exhausted')
  return [...new Set(exhausted.map(({ webhook }) => webhook))].map(webhook => {
    const ofIt = exhausted.filter(event => event.webhook === webhook)
    const last = ofIt.at(-1)
    const count = ofIt.length === 1 ? '1 message' : `${ofIt.length} messages`
    const short = `${count} to ${nameOf(webhook)} given up`
    const why = last ? ` The last attempt ${endOf(last)}. (${timeOf(last.at)})` : ''
    return { short, long: `${short}.${why}` }
  })
}

function endOf({ status, error }: OperationalEvent): string {
  return status === undefined ? `had no answer (${error ?? 'the connection failed'})` : `was answered ${status}`
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ', ')} UTC`
}

/** A subject ends at a line's end. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 150)
}
