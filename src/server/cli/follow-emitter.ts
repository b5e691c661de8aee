import type { Emitter } from '../emitter/emitter.ts'
import type { Attempt } from '../stores/store.ts'
import { toError } from '../to-error.ts'
import { paint, plain, print, printJson, timeOfDay } from './terminal.ts'

/** Prints what becomes of deliveries as it happens; faults go to the error stream. */
export function followEmitter(emitter: Pick<Emitter, 'on'>, { json }: { json: boolean }): void {
  emitter.on('error', printFault)
  if (json) {
    emitter.on('attempt', event => printJson({ attempt: event }))
    emitter.on('exhausted', event => printJson({ exhausted: event }))
    emitter.on('disabled', event => printJson({ disabled: event }))
    emitter.on('warning', event => printJson({ warning: event }))
    return
  }

  function line(mark: string, webhook: string, text: string): void {
    print(`${paint('dim', timeOfDay())} ${mark} ${paint('bold', plain(webhook))}  ${text}`)
  }

  emitter.on('attempt', ({ id, webhook, attempt }) => {
    const arrived = attempt.status !== undefined && attempt.status >= 200 && attempt.status < 300
    const mark = arrived ? paint('green', '✓') : paint('yellow', '…')
    line(mark, webhook, `${resultOf(attempt)} in ${Math.round(attempt.durationMs)} ms  ${paint('dim', id)}`)
  })
  emitter.on('exhausted', ({ id, webhook }) =>
    line(paint('red', '✗'), webhook, `given up  ${paint('dim', id)}`),
  )
  emitter.on('disabled', ({ webhook, reason }) =>
    line(paint('red', '✗'), webhook, `disabled: ${reasons[reason]}`),
  )
  emitter.on('warning', ({ webhook = '', message }) => line(paint('yellow', '!'), webhook, plain(message)))
}

/** Writes what went wrong on our side, and why, to the error stream. */
export function printFault(error: unknown): void {
  const { message, cause } = toError(error)
  const reason = cause instanceof Error ? `: ${cause.message}` : ''
  process.stderr.write(`${plain(message + reason)}\n`)
}

const reasons = {
  gone: 'it answered 410 Gone',
  failing: 'it has only failed for five days',
  manual: 'by an administrator',
}

function resultOf({ status, error }: Attempt): string {
  return status === undefined ? plain(error ?? 'no answer') : String(status)
}
