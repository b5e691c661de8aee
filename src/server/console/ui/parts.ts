import { type IconName, icon } from './icons.ts'
import { html, type Markup, nothing, when } from './markup.ts'

export type StateTone = 'good' | 'bad' | 'wait' | 'info' | 'mute'

/** A word on a thing's state. */
export function badge(tone: StateTone, text: string, picture?: IconName): Markup {
  return html`<span class="badge" data-tone="${tone}">${picture ? icon(picture) : nothing}${text}</span>`
}

/** A link that looks like a button. */
export function linkButton({
  href,
  label,
  picture,
  style = '',
}: {
  href: string
  label: string
  picture?: IconName
  style?: '' | 'primary' | 'quiet' | 'slim' | 'quiet slim' | 'primary slim' | 'danger'
}): Markup {
  return html`<a class="button ${style}" href="${href}">${picture ? icon(picture) : nothing}${label}</a>`
}

/** A button that leads to another page. */
export function goButton({
  href,
  label,
  picture,
  style = '',
}: {
  href: string
  label: string
  picture?: IconName
  style?: '' | 'primary' | 'slim'
}): Markup {
  return html`<form method="get" action="${href}"><button class="button ${style}">${picture ? icon(picture) : nothing}${label}</button></form>`
}

/** A button that does one thing at once. */
export function actionButton({
  action,
  label,
  picture,
  style = '',
  fields = nothing,
  name,
}: {
  action: string
  label: string
  picture?: IconName
  style?: '' | 'primary' | 'quiet' | 'slim' | 'quiet slim' | 'danger' | 'danger slim'
  fields?: Markup
  /** What it is called for whoever doesn't see what is around it. */
  name?: string
}): Markup {
  return html`<form method="post" action="${action}">${fields}<button class="button ${style}"${
    name === undefined ? nothing : html` aria-label="${name}"`
  }>${picture ? icon(picture) : nothing}${label}</button></form>`
}

/** A part of a page with its heading. */
export function card({
  title,
  lead,
  body,
  actions,
  style = '',
}: {
  title?: string
  lead?: string | Markup
  body: Markup
  actions?: Markup
  style?: '' | 'flush' | 'danger'
}): Markup {
  return html`<section class="card ${style}">${when(
    title,
    text =>
      html`<header><div><h2>${text}</h2>${when(lead, sentence => html`<p>${sentence}</p>`)}</div>${actions ?? nothing}</header>`,
  )}${body}</section>`
}

/** What there is to say where there is nothing yet. */
export function emptyState({
  picture,
  title,
  text,
  action,
}: {
  picture: IconName
  title: string
  text: string | Markup
  action?: Markup | undefined
}): Markup {
  return html`<div class="card empty">${icon(picture)}<p class="main-line">${title}</p><p>${text}</p>${action ?? nothing}</div>`
}

/** Names and values. */
export function factList(facts: readonly (readonly [string, string | Markup | undefined])[]): Markup {
  return html`<dl class="facts">${facts.map(([name, value]) =>
    value === undefined ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`,
  )}</dl>`
}

/** Ways to look at one thing. */
export function tabBar(
  label: string,
  tabs: readonly { name: string; href: string; isCurrent: boolean }[],
): Markup {
  return html`<nav class="tabs" aria-label="${label}">${tabs.map(
    ({ name, href, isCurrent }) =>
      html`<a href="${href}"${isCurrent ? html` aria-current="page"` : nothing}>${name}</a>`,
  )}</nav>`
}

/** A step in between for what can't be undone: works without a script. */
export function confirmed({
  summary,
  text,
  button,
}: {
  summary: string
  text: string | Markup
  button: Markup
}): Markup {
  return html`<details class="confirm"><summary class="button danger">${summary}</summary><div class="note" data-tone="bad">${icon(
    'warning',
  )}<div><p>${text}</p>${button}</div></div></details>`
}
