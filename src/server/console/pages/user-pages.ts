import { Hono } from 'hono'
import { type ConsoleEnv, hasRole, type Person, requireRole } from '../access/person.ts'
import type { ConsoleServices } from '../console-services.ts'
import { hiddenField, textField } from '../ui/forms/form-fields.ts'
import { readFormValues } from '../ui/forms/form-values.ts'
import { jsonView } from '../ui/json-view.ts'
import { html, type Markup, nothing, queryOf } from '../ui/markup.ts'
import { card, confirmed, emptyState, factList } from '../ui/parts.ts'
import { deliveryRows } from './deliveries/delivery-rows.ts'

/** Users, by their exact id: what is kept of them, and how it is forgotten. */
export function userPages({ users, webhooks, clock, show, goTo }: ConsoleServices): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()

  app.get('/users', async context => {
    const id = context.req.query('id') ?? ''
    const root = context.get('root')
    const search = html`<form class="card filters" method="get" action="${root}users" role="search" aria-label="Find a user">${textField({ name: 'id', label: 'User id', value: id, isRequired: true })}<div class="buttons"><button class="button">Find</button></div></form>`
    return show(context, {
      title: 'Users',
      section: 'Users',
      lead: 'What is kept of one user: tags, progress, messages.',
      body: html`<div class="stack">${search}${
        id === ''
          ? emptyState({
              picture: 'users',
              title: 'Which user are you looking for?',
              text: 'Enter the id that your site gives its users: the one that stands in messages as userId.',
            })
          : await userView(id, { root, person: context.get('person') })
      }</div>`,
    })
  })
  app.post('/users/forget', requireRole('owner'), async context => {
    const id = (await readFormValues(context)).exact('id')
    await users.forget(context.get('person'), id)
    return goTo(context, 'users?note=forgotten')
  })
  return app

  async function userView(id: string, { root, person }: { root: string; person: Person }): Promise<Markup> {
    const known = await users.look(person, id)
    if (!known) {
      return emptyState({
        picture: 'users',
        title: 'Nothing is kept of this user',
        text: html`Nobody with the id <code>${id}</code> was seen lately.`,
      })
    }
    const { visitor, deliveries } = known
    const names = new Map((await webhooks.list()).map(({ id, name }) => [id, name || id]))
    return html`<div class="split"><div class="stack">${
      visitor
        ? card({
            title: 'Progress',
            body: factList([
              ['Completed tours', listed(visitor.tours)],
              ['Completed checklists', listed(visitor.checklists)],
              ['Done items', listed(visitor.items.map(([list, item]) => `${list} / ${item}`))],
              ['Segments', listed(visitor.segments)],
            ]),
          })
        : nothing
    }<section class="card flush"><header><div><h2>Latest deliveries</h2></div><a class="button slim" href="${root}deliveries${queryOf({ userId: id })}">All of them</a></header>${
      deliveries.length > 0
        ? deliveryRows(deliveries, { root, now: clock.now(), names })
        : html`<p class="row soft">None.</p>`
    }</section></div><div class="stack">${
      visitor ? card({ title: 'Tags', body: jsonView({ ...visitor.tags, ...visitor.managedTags }) }) : nothing
    }${
      hasRole(person, 'owner')
        ? card({
            title: 'Forget this user',
            style: 'danger',
            body: confirmed({
              summary: 'Forget…',
              text: 'Their tags and progress are erased, and so is what their messages said. What still waits is not sent. This can’t be undone.',
              button: html`<form method="post" action="${root}users/forget">${hiddenField('id', id)}<button class="button danger">Forget this user</button></form>`,
            }),
          })
        : nothing
    }</div></div>`
  }
}

function listed(names: readonly string[]): Markup {
  if (names.length === 0) return html`<span class="soft">none</span>`
  return html`${names.map(name => html`<span class="tag">${name}</span> `)}`
}
