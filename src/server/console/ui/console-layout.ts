import type { Person } from '../access/person.ts'
import { assetPaths } from '../assets/assets.ts'
import { type IconName, icon, mark } from './icons.ts'
import { html, type Markup, nothing, when } from './markup.ts'
import { type Note, noteBar } from './notes.ts'
import { shortened } from './shortened.ts'

/** The console's sections, in the order of the navigation. */
export const sections = [
  { name: 'Overview', path: 'overview', icon: 'overview' },
  { name: 'Tours', path: 'tours', icon: 'tours' },
  { name: 'Checklists', path: 'checklists', icon: 'checklists' },
  { name: 'Banners', path: 'banners', icon: 'banners' },
  { name: 'Webhooks', path: 'webhooks', icon: 'webhooks', begins: true },
  { name: 'Deliveries', path: 'deliveries', icon: 'deliveries' },
  { name: 'Users', path: 'users', icon: 'users' },
  { name: 'Publish', path: 'publish', icon: 'publish', begins: true },
  { name: 'Settings', path: 'settings', icon: 'settings' },
] as const satisfies { name: string; path: string; icon: IconName; begins?: true }[]

export type SectionName = (typeof sections)[number]['name']

/** One page, without its frame. */
export interface ConsolePage {
  /** Its heading, and the document's title. */
  title: string
  section?: SectionName | undefined
  /** A sentence below the heading. */
  lead?: string | Markup | undefined
  /** Beside the heading, such as a state. */
  beside?: Markup | undefined
  /** The way here, from the section on; the addresses are relative to the console's root. */
  crumbs?: readonly { name: string; path: string }[] | undefined
  /** Buttons and links at the head's end. */
  actions?: Markup | undefined
  /** What has just happened. */
  note?: Note | undefined
  body: Markup
}

/** A page in its frame. */
export function layOut(
  page: ConsolePage,
  { root, person, changes }: { root: string; person: Person; changes: number },
): Markup {
  const { title, section, lead, beside, crumbs = [], actions, note, body } = page
  return documentOf(
    title,
    root,
    html`<a class="skip" href="#main">Skip to the content</a>
<div class="shell">
  <header class="side">
    <a class="brand" href="${root}overview">${mark}Tourhook</a>
    <nav aria-label="Console"><ul>${sections.map(
      one =>
        html`<li${'begins' in one ? html` class="gap"` : nothing}><a href="${root}${one.path}"${
          one.name === section ? html` aria-current="page"` : nothing
        }>${icon(one.icon)}${one.name}${
          one.name === 'Publish' && changes > 0
            ? html`<span class="count" aria-hidden="true">${changes}</span>`
            : nothing
        }</a></li>`,
    )}</ul></nav>
    <div class="who">
      <span class="face" aria-hidden="true">${person.name.slice(0, 1).toUpperCase()}</span>
      <span class="name"><b>${person.name}</b>${person.role}</span>
      <form method="post" action="${root}sign-out"><button class="button quiet slim">Sign out</button></form>
    </div>
  </header>
  <main class="main" id="main" tabindex="-1">
    <div class="head">
      <div>
        ${
          crumbs.length > 0
            ? html`<nav class="crumbs" aria-label="Where this is">${crumbs.map(
                // The navigation has the link to the section.
                ({ name, path }) =>
                  name === section
                    ? html`<span>${name}</span>`
                    : html`<a href="${root}${path}">${shortened(name, 60)}</a>`,
              )}</nav>`
            : nothing
        }
        <div class="titled"><h1>${shortened(title, 200)}</h1>${beside ?? nothing}</div>
        ${when(lead, text => html`<p class="lead">${text}</p>`)}
      </div>
      ${when(actions, shown => html`<div class="buttons">${shown}</div>`)}
    </div>
    ${when(note, noteBar)}
    ${body}
  </main>
</div>`,
  )
}

/** A page for whoever isn't signed in. */
export function doorPage({ title, root, body }: { title: string; root: string; body: Markup }): Markup {
  return documentOf(
    title,
    root,
    html`<div class="door"><main><div class="brand">${mark}Tourhook</div>${body}</main></div>`,
  )
}

function documentOf(title: string, root: string, body: Markup): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${shortened(title)} · Tourhook</title>
<link rel="stylesheet" href="${root}${assetPaths.css}">
<link rel="icon" href="${root}${assetPaths.svg}" type="image/svg+xml">
<script type="module" src="${root}${assetPaths.js}"></script>
</head>
<body>
${body}
</body>
</html>`
}
