import type { ConsoleContext } from './access/person.ts'
import type { AdminServices } from './services/admin-services.ts'
import type { ConsolePage } from './ui/console-layout.ts'
import type { Markup } from './ui/markup.ts'

/** What the console's pages work with. */
export interface ConsoleServices extends AdminServices {
  /** Where the companion is mounted: `/` or `/api/tourhook`. */
  basePath: string
  /** Sites whose pages may call. */
  allowedOrigins: readonly string[]
  /** Answers with a page in its frame. */
  show(context: ConsoleContext, page: ConsolePage, status?: 200 | 404 | 409 | 422): Promise<Response>
  /** Answers with a part of a page, which a script puts in its place; unchanged is 304. */
  showPart(context: ConsoleContext, part: Markup): Promise<Response>
  /** Sends on to another page of the console, with a note on what has happened. */
  goTo(context: ConsoleContext, path: string): Response
}
