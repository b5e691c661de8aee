import type { FailedEvent } from '../../delivery/dispatcher.ts'
import type { Run } from '../../tour/run.ts'
import type { TourhookEvents } from '../../tourhook.ts'

/** What an event says, in a sentence. */
export const describe: {
  [Name in keyof TourhookEvents]: (event: TourhookEvents[Name]) => string
} = {
  started: ({ tour }) => `tour "${tour}" has started`,
  step: ({ tour, run, step, index }) => `tour "${tour}" shows ${stepName(index, run, step.id)}, a ${step.type}`,
  completed: ({ tour }) => `tour "${tour}" is completed`,
  closed: ({ tour, run }) => `tour "${tour}" was closed at ${stepName(run.index, run)}`,
  queued: ({ webhook }) => `a message to ${receiver(webhook)} is stored and on its way`,
  delivered: ({ webhook, status, transport }) =>
    `${receiver(webhook)} has the message (status ${status}${transport === undefined ? '' : `, sent as ${transport}`})`,
  sent: ({ webhook }) => `${receiver(webhook)} was sent the message, and its answer can’t be read`,
  retrying: ({ webhook, reason, status, at }) =>
    `${receiver(webhook)} does not have the message yet (${status ?? reason}); next try at ${new Date(at).toLocaleTimeString()}`,
  failed: ({ webhook, reason, status }) =>
    `${receiver(webhook)} will not get the message: ${reason}${status === undefined ? '' : ` with status ${status}`}${remedies[reason]}`,
  error: ({ error }) => reasons(error).join(': '),
}

/** What to do about a message that failed. */
const remedies: Record<FailedEvent['reason'], string> = {
  refused: '; it would be refused again, so look at what the endpoint expects, and at its address',
  expired: '; it could not be sent for 72 hours',
  dropped: '; more than 100 messages were waiting',
  invalid: '; no request can be made of it',
  unanswered: '; it was sent, and may have arrived, but the page does not get to see an answer',
}

function stepName(index: number, { tour }: Run, id?: string): string {
  return `step ${index + 1} of ${tour.steps?.length ?? '?'}${id === undefined ? '' : ` ("${id}")`}`
}

function receiver(webhook: string | null): string {
  return webhook === null ? 'the companion' : `webhook "${webhook}"`
}

function reasons(error: unknown): string[] {
  return error instanceof Error
    ? [error.message, ...reasons(error.cause)]
    : error === undefined
      ? []
      : [String(error)]
}
