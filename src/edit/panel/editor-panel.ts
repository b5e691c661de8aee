import { element } from '../../render/layer/element.ts'
import { press } from '../../render/layer/press.ts'
import type { Step } from '../../schema/steps.ts'
import type { Tour } from '../../schema/tour.ts'
import { nameOfStep, stepsOf } from '../draft/draft-steps.ts'
import type { SavingStatus } from '../draft/saving.ts'
import { button, checkControl, selectControl } from './panel-controls.ts'

/** A part of the panel, by what it is about. */
export const parts = { element: 'Element', words: 'Words', questions: 'Questions', data: 'Data', try: 'Try it' }
export type Part = keyof typeof parts

/** The parts that a step has. */
export function partsOf(step: Step | undefined, isLocked: boolean): Part[] {
  if (isLocked || !step) return ['try']
  if (step.type === 'trigger') return ['data', 'try']
  return step.type === 'pointer' ? ['element', 'words', 'questions', 'try'] : ['words', 'questions', 'try']
}

export interface PanelView {
  tour: Tour
  index: number
  part: Part
  isLocked: boolean
  hasPreview: boolean
  /** What others have changed too has to be settled first. */
  isClashing: boolean
  /** What the author should know of what was saved, or wasn't. */
  status: SavingStatus
  problems: readonly { path: string; message: string }[]
  canSave: boolean
  body: Node[]
}

export interface PanelActions {
  onStep(index: number): void
  onPart(part: Part): void
  onAdd(type: 'modal' | 'trigger'): void
  onRemove(): void
  onPreview(isOn: boolean): void
  onSave(): void
  onUsePage(): void
  onMove(): void
  onClose(): void
}

/** The editor's panel; drawn anew, it keeps the focus where it was. */
export interface EditorPanel {
  readonly element: HTMLElement
  draw(view: PanelView): void
  /** Changes the line beside *Save* alone. */
  say(status: SavingStatus, canSave: boolean): void
  /** Presses the button with this key, if there is one. */
  press(key: string): void
  /** Closes the menu that adds and removes steps. */
  closeMenu(): void
}

export function createEditorPanel(actions: PanelActions, focused: () => HTMLElement | undefined): EditorPanel {
  const panel = element('section', {
    class: 'editor',
    role: 'dialog',
    'aria-label': 'Tourhook editor',
    tabindex: -1,
  })
  const status = element('p', { class: 'status', role: 'status' })
  const save = button('Save', actions.onSave, { class: 'primary' })

  function say({ text, tone }: SavingStatus, canSave: boolean): void {
    status.textContent = text
    status.dataset.tone = tone
    // Not `disabled`: that would drop the focus.
    save.setAttribute('aria-disabled', String(!canSave))
  }

  function controlWith(key: string): HTMLElement | undefined {
    return [...panel.querySelectorAll<HTMLElement>('[data-key]')].find(({ dataset }) => dataset.key === key)
  }

  return {
    element: panel,
    say,
    press: key => controlWith(key)?.dispatchEvent(new CustomEvent(press)),
    closeMenu() {
      if (!panel.querySelector('.more[open]')) return
      controlWith('more')?.focus()
      panel.querySelector('.more')?.removeAttribute('open')
    },
    draw(view) {
      const key = focused()?.dataset.key
      const scrolled = panel.querySelector('.body')?.scrollTop ?? 0
      panel.replaceChildren(
        header(view, actions),
        ...tabs(view, actions),
        body(view),
        footer(view, actions, status, save),
      )
      say(view.status, view.canSave)
      const scroller = panel.querySelector('.body')
      if (scroller) scroller.scrollTop = scrolled
      if (key !== undefined) (controlWith(key) ?? panel).focus({ preventScroll: true })
    },
  }
}

function header({ tour, index, isLocked, isClashing }: PanelView, actions: PanelActions): HTMLElement {
  const steps = stepsOf(tour)
  const options = Object.fromEntries(steps.map((step, at) => [String(at), `${at + 1}. ${nameOfStep(step)}`]))
  const title = element('h1', {}, tour.name ?? tour.id)
  const tools = element(
    'div',
    { class: 'tools' },
    button('Use the page', actions.onUsePage, { class: 'slim' }),
    button('⇄', actions.onMove, { class: 'slim icon', 'aria-label': 'Move the editor aside', key: 'move' }),
    button('×', actions.onClose, { class: 'slim icon', 'aria-label': 'Close the editor', key: 'close' }),
  )
  if (isLocked || isClashing || steps.length === 0)
    return element('header', {}, element('div', { class: 'line' }, title, tools))
  const chooser = selectControl({
    label: 'Step',
    key: 'step',
    value: String(index),
    options,
    onChange: value => actions.onStep(Number(value)),
  })
  const more = element(
    'details',
    { class: 'more' },
    element('summary', { 'data-key': 'more', 'aria-label': 'Add or remove a step' }, '+'),
    element(
      'div',
      { class: 'menu' },
      button('Add a step', () => actions.onAdd('modal'), { class: 'slim' }),
      button('Add a Trigger event', () => actions.onAdd('trigger'), { class: 'slim' }),
      button('Remove this step', actions.onRemove, { class: 'slim danger' }),
    ),
  )
  return element(
    'header',
    {},
    element('div', { class: 'line' }, title, tools),
    element('div', { class: 'line' }, chooser, more),
  )
}

function tabs({ tour, index, part, isLocked, isClashing }: PanelView, { onPart }: PanelActions): HTMLElement[] {
  const names = partsOf(stepsOf(tour)[index], isLocked)
  if (names.length < 2 || isClashing) return []
  const buttons = names.map(name =>
    button(parts[name], () => onPart(name), { key: `part-${name}`, 'aria-current': name === part && 'true' }),
  )
  return [element('nav', { 'aria-label': 'What to edit' }, ...buttons)]
}

function body({ body, problems }: PanelView): HTMLElement {
  const list = problems.map(({ path, message }) => element('li', {}, element('code', {}, path), ` ${message}`))
  return element(
    'div',
    { class: 'body' },
    ...(list.length > 0 ? [element('ul', { class: 'problems', role: 'alert' }, ...list)] : []),
    ...body,
  )
}

function footer(
  { isLocked, hasPreview, part }: PanelView,
  { onPreview }: PanelActions,
  status: HTMLElement,
  save: HTMLElement,
): HTMLElement {
  if (isLocked) return element('footer', {}, status)
  const preview =
    part === 'data' || part === 'try'
      ? []
      : [checkControl({ label: 'Preview', key: 'preview', isChecked: hasPreview, onChange: onPreview })]
  return element('footer', {}, status, ...preview, save)
}
