import type { SeenSite } from '../../services/site-service.ts'
import { html, type Markup } from '../../ui/markup.ts'
import { card } from '../../ui/parts.ts'
import { ago } from '../../ui/time.ts'
import { installSnippets } from './install-snippets.ts'

export interface InstallGuideOptions {
  /** Where pages find this companion. */
  server: string
  /** Sites whose pages may call. */
  origins: readonly string[]
  /** Origins that messages go to straight from the browser. */
  direct: readonly string[]
  /** Sites whose pages have called, the latest first. */
  sites: readonly SeenSite[]
  now: number
}

/** How a site gets the script, framework by framework, and which ones have it. */
export function installGuide({ server, origins, direct, sites, now }: InstallGuideOptions): Markup {
  return html`<div class="stack">${card({
    title: 'Where it runs',
    body:
      sites.length === 0
        ? html`<p class="soft">No page has asked for the tours yet. Put the script on your site, open a page of it, and look here again.</p>`
        : html`<ul class="checks">${sites.map(({ origin, at }) => html`<li>Seen on <code>${origin}</code> ${ago(at, now)}</li>`)}</ul>`,
  })}${card({
    title: 'On your site',
    lead: 'The file tourhook.full.js is part of the npm package tourhook; serve it from your own site.',
    body: html`<div class="stack">${installSnippets(server).map(
      ({ name, text, code }, index) =>
        html`<details${index === 0 ? html` open` : ''}><summary>${name}</summary><div class="stack">${text === undefined ? '' : html`<p class="soft small">${text}</p>`}${copied(`snippet-${index}`, code)}</div></details>`,
    )}</div>`,
  })}${card({
    title: 'If the site has a Content-Security-Policy',
    lead: 'Tourhook needs no eval and no inline style.',
    body: copied('csp', `script-src 'self'; connect-src 'self' ${[server, ...direct].join(' ')}`),
  })}${card({
    title: 'Sites that may call',
    body:
      origins.length === 0
        ? html`<p class="soft">None: no page may call this companion yet. Start it with <code>--allow-origin https://www.example.com</code>.</p>`
        : html`<ul class="checks">${origins.map(origin => html`<li><code>${origin}</code></li>`)}</ul>`,
  })}</div>`
}

function copied(id: string, text: string): Markup {
  return html`<div class="stack"><pre class="json" tabindex="0" id="${id}">${text}</pre><div class="buttons"><button class="button slim" type="button" data-copy="${id}" hidden>Copy</button></div></div>`
}
