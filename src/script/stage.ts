import type { Staged } from '../schema/admin/staged.ts'
import type { Config } from '../schema/config.ts'
import type { Tour } from '../schema/tour.ts'
import { createFull, type FullTourhook } from './create-full.ts'

const targetId = 'stage-target'

/**
 * The console's stage: a page of its own in a frame, which draws a draft as visitors would see it. It sends nothing:
 * its drafts come without triggers, and its policy lets no request out.
 */
function runStage(): void {
  let turn = 0
  let undo: (() => void) | undefined

  function show(staged: Staged): void {
    undo?.()
    undo = undefined
    say('')
    try {
      undo = draw(staged)
    } catch (error) {
      say(`It can’t be drawn yet: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

  function draw(staged: Staged): () => void {
    const { content, step, tags } = staged
    turn += 1
    const tourhook = createFull(configOf(content), { tags, namespace: `stage-${turn}` }, {})
    tourhook.on('error', ({ error }) => say(`It can’t be drawn yet: ${error.message}`))
    if ('tour' in content) begin(tourhook, content.tour, { step, again: () => show(staged) })
    else tourhook.show('checklist' in content ? content.checklist.id : content.banner.id)
    return tourhook.destroy
  }

  keepFocusOut()
  addEventListener('message', ({ source, data }) => {
    if (source === parent) show(data)
  })
  const written = document.getElementById('staged')?.textContent
  if (written) show(JSON.parse(written))
}

function begin(
  tourhook: FullTourhook,
  { id, steps = [] }: Tour,
  { step, again }: { step: string | undefined; again: () => void },
): void {
  if (step !== undefined && !steps.some(each => each.id === step)) {
    say('Visitors see nothing of this step: it does its work, and the tour goes on.')
    return
  }
  if (steps.length === 0) {
    say('There is no step yet that visitors see.')
    return
  }
  tourhook.on('step', ({ index }) => {
    const shown = steps[index]
    const target = document.getElementById(targetId)
    if (target) target.textContent = shown?.type === 'pointer' ? shown.element || 'nothing picked yet' : ''
  })
  tourhook.on('completed', () => say('This was the last step.', again))
  tourhook.on('closed', () => say('The visitor has left the tour.', again))
  const run = tourhook.start(id)
  if (step !== undefined) run?.goTo(step)
}

/** Pointers point at the one thing that is here. */
function configOf(content: Staged['content']): Config {
  if ('checklist' in content) return { checklists: [content.checklist] }
  if ('banner' in content) return { banners: [content.banner] }
  const steps = content.tour.steps?.map(step =>
    step.type === 'pointer' ? { ...step, element: `#${targetId}` } : step,
  )
  return { tours: [{ ...content.tour, steps }] }
}

function say(text: string, again?: () => void): void {
  const words = document.getElementById('stage-words')
  if (!words) return
  words.textContent = text
  if (!again) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button slim'
  button.textContent = 'Show it again'
  button.addEventListener('click', again)
  words.append(' ', button)
}

/** A card takes the focus: from whoever is typing beside the frame. A link would lead the stage away. */
function keepFocusOut(): void {
  const { focus } = HTMLElement.prototype
  HTMLElement.prototype.focus = function (options) {
    if (document.hasFocus()) focus.call(this, options)
  }

  function keepHere(event: Event): void {
    if (event.composedPath().some(each => each instanceof HTMLAnchorElement)) event.preventDefault()
  }

  addEventListener('click', keepHere, true)
}

runStage()
