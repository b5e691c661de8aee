import { Hono } from 'hono'
import type { ConsoleEnv } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { lifecyclePages } from '../content/lifecycle.ts'
import { stepPages } from './step-pages.ts'
import { createTourEditor } from './tour-editor.ts'
import { tourListPages } from './tour-list-pages.ts'
import { tourTriggerPages } from './tour-trigger-pages.ts'
import { wholeTourPages } from './whole-tour-pages.ts'

/** The tours' pages: a list, and an editor in which every step has an address of its own. */
export function tourPages(services: ConsoleServices): Hono<ConsoleEnv> {
  const editor = createTourEditor(services)
  return new Hono<ConsoleEnv>()
    .route('/', tourListPages(services, editor))
    .route('/', wholeTourPages(editor))
    .route('/', stepPages(editor))
    .route('/', tourTriggerPages(editor))
    .route('/', lifecyclePages(services, { kind: 'tours', drafts: editor.drafts }))
}
