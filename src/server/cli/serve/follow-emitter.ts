import { durationInWords } from '../../emitter/duration.ts'
import type { Emitter } from '../../emitter/emitter.ts'
import type { Attempt } from '../../stores/store.ts'
import { toError } from '../../to-error.ts'
import { disabledWords } from '../../webhooks/disabled-words.ts'
import { paint, plain, plainLines, print, printJson, timeOfDay } from '../terminal.ts'

/** Prints what becomes of deliveries as it happens; faults go to the error stream. */
export function followEmitter(emitter: Pick<Emitter, 'on'>, { json }: { json: boolean }): void {
  emitter.on('error', printFault)
  if (json) {
    emitter.on('attempt', ({ attempt, nextAttemptAt, ...event }) =>
      printJson({
        attempt: {
          ...event,
          attempt: withoutAnswer(attempt),
          ...(nextAttemptAt !== undefined && { nextAttemptAt: isoTime(nextAttemptAt) }),
        },
      }),
    )
    emitter.on('exhausted', ({ attempt, ...event }) =>
      printJson({ exhausted: { ...event, attempt: withoutAnswer(attempt) } }),
    )
    emitter.on('disabled', event => printJson({ disabled: event }))
    emitter.on('warning', event => printJson({ warning: event }))
    return
  }

  emitter.on('attempt', ({ id, webhook, attempt, nextAttemptAt }) => {
    const arrived = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300
    const mark = arrived ? paint('green', '✓') : paint('yellow', '…')
    const next =
      nextAttemptAt === undefined ? '' : `, next try in ${durationInWords(nextAttemptAt - Date.now())}`
    line(mark, webhook, `${resultOf(attempt)}${next}  ${paint('dim', id)}`)
  })
  emitter.on('exhausted', ({ id, webhook }) =>
    line(paint('red', '✗'), webhook, `given up  ${paint('dim', id)}`),
  )
  emitter.on('disabled', ({ webhook, reason }) =>
    line(paint('red', '✗'), webhook, `disabled: ${disabledWords[reason]}`),
  )
  emitter.on('warning', ({ webhook = '', message }) => line(paint('yellow', '!'), webhook, plain(message)))
}

/** Writes what went wrong on our side, and why, to the error stream. */
export function printFault(error: unknown): void {
  const { message, cause } = toError(error)
  const reason = cause instanceof Error ? `: ${cause.message}` : ''
  process.stderr.write(`${plainLines(message + reason)}\n`)
}

function line(mark: string, webhook: string, text: string): void {
  print(`${paint('dim', timeOfDay())} ${mark} ${paint('bold', plain(webhook))}  ${text}`)
}

/** What an endpoint answers may quote what it was sent, and a log goes further than the database. */
function withoutAnswer({ answer: _, at, ...attempt }: Attempt) {
  return { at: isoTime(at), ...attempt }
}

function resultOf({ status, error, durationMs }: Attempt): string {
  const ms = `${Math.round(durationMs)} ms`
  return status === undefined ? `${plain(error ?? 'no answer')} (after ${ms})` : `${status} in ${ms}`
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString()
}
