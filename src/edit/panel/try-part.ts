import { element } from '../../render/layer/element.ts'
import type { RehearsalLine } from '../play/rehearsal.ts'
import { button } from './panel-controls.ts'

export interface TryOptions {
  isRunning: boolean
  lines: readonly RehearsalLine[]
  onStart(): void
  onStop(): void
}

/** The whole tour as a visitor takes it, with each message that would be sent. */
export function tryPart({ isRunning, lines, onStart, onStop }: TryOptions): Node[] {
  return [
    element('p', { class: 'hint' }, 'Takes the tour as it stands here, from its first step. Nothing is sent.'),
    isRunning
      ? button('Stop', onStop, { key: 'stop' })
      : button(lines.length > 0 ? 'Once more' : 'Dry run', onStart, { key: 'start', class: 'primary' }),
    element(
      'ol',
      { class: 'lines', 'aria-live': 'polite', 'aria-label': 'What happens' },
      ...lines.map(lineItem),
    ),
  ]
}

export function lineItem({ text, message }: RehearsalLine): HTMLElement {
  return element(
    'li',
    {},
    text,
    ...(message === undefined ? [] : [element('pre', { tabindex: 0 }, JSON.stringify(message, null, 2))]),
  )
}
