import { Hono } from 'hono'
import { type ConsoleEnv, hasRole } from '../../access/person.ts'
import type { ConsoleServices } from '../../console-services.ts'
import { listPage, listPager, listSearch, nothingFound, readListQuery } from '../../ui/list-pages.ts'
import { html } from '../../ui/markup.ts'
import { goButton } from '../../ui/parts.ts'
import { type WebhookCourse, webhookList } from './webhook-list.ts'

const hourMs = 3_600_000

/** The list of webhooks. */
export function webhookListPages({
  webhooks,
  deliveries: log,
  clock,
  show,
}: ConsoleServices): Hono<ConsoleEnv> {
  async function coursesOf(ids: readonly string[]): Promise<Map<string, WebhookCourse>> {
    const [hours, last] = await Promise.all([
      log.hours({ webhook: ids, since: clock.now() - 23 * hourMs }),
      log.lastAttempts(ids),
    ])
    return new Map(
      ids.map(id => [id, { hours: hours.filter(({ webhook }) => webhook === id), last: last.get(id) }]),
    )
  }

  const app = new Hono<ConsoleEnv>()

  app.get('/webhooks', async context => {
    const mayMake = hasRole(context.get('person'), 'owner')
    const root = context.get('root')
    const all = await webhooks.list()
    const href = `${root}webhooks`
    const page = listPage(all, readListQuery(context.req.query()), ({ id, name = '' }) => [name, id])
    return show(context, {
      title: 'Webhooks',
      section: 'Webhooks',
      lead: 'Addresses that receive what visitors do. They work at once; nothing is to be published.',
      actions: mayMake
        ? goButton({ href: `${root}webhooks/new`, label: 'New webhook', picture: 'plus', style: 'primary' })
        : undefined,
      body: html`<div class="stack">${listSearch(page, href)}${
        page.total === 0 && page.search !== ''
          ? nothingFound(page, 'webhooks')
          : webhookList(page.shown, {
              uses: await webhooks.uses(),
              courses: await coursesOf(page.shown.map(({ id }) => id)),
              now: clock.now(),
              root,
            })
      }${listPager(page, href)}</div>`,
    })
  })

  return app
}
