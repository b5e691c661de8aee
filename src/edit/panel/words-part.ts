import { asType, type ShownStep, withEntry } from '../draft/draft-steps.ts'
import type { PanelContext } from './panel-context.ts'
import { selectControl, textControl } from './panel-controls.ts'

/** What a step says, and where it stands. */
export function wordsPart(step: ShownStep, { change, redraw }: PanelContext): Node[] {
  let words = step
  const entry = (key: 'title' | 'content', label: string, rows?: number) =>
    textControl({
      label,
      key,
      value: step[key],
      ...(rows && { rows }),
      ...(rows && {
        hint: '**bold**, *italic*, [links](https://example.com), {placeholders} such as {firstName}.',
      }),
      onInput(value) {
        words = withEntry(words, key, value)
        change(words)
      },
    })
  return [
    selectControl({
      label: 'Shown',
      key: 'type',
      value: step.type,
      options: { modal: 'In the middle of the page', pointer: 'Beside an element', slideout: 'In the corner' },
      onChange: type => redraw(asType(words, type)),
    }),
    entry('title', 'Title'),
    entry('content', 'Text', 5),
  ]
}
