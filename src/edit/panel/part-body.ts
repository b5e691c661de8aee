import type { Step } from '../../schema/steps.ts'
import { dataPart } from './data-part.ts'
import type { Part } from './editor-panel.ts'
import { elementPart } from './element-part.ts'
import type { PanelContext } from './panel-context.ts'
import { questionsPart } from './questions-part.ts'
import { wordsPart } from './words-part.ts'

/** What a part of the panel shows of a step. */
export function partBody(step: Step, part: Part, context: PanelContext): Node[] {
  if (step.type === 'trigger') return dataPart(step, context)
  if (part === 'element' && step.type === 'pointer') return elementPart(step, context)
  return part === 'questions' ? questionsPart(step, context) : wordsPart(step, context)
}
