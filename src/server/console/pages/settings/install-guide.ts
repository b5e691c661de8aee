import { html, type Markup } from '../../ui/markup.ts'
import { card } from '../../ui/parts.ts'

/** How a site gets the script, framework by framework. */
export function installGuide(server: string, origins: readonly string[]): Markup {
  const snippets = [
    {
      name: 'Script tag',
      code: `<script async src="/tourhook.full.js" data-server="${server}" data-tags="myTags"></script>`,
    },
    {
      name: 'React',
      code: `import { useEffect } from 'react'\nimport { createTourhook, loadConfig } from 'tourhook'\nimport { createRenderer } from 'tourhook/render'\n\nconst server = '${server}'\n\nexport function Tours({ tags }) {\n  useEffect(() => {\n    let tourhook\n    let isGone = false\n    loadConfig(server + '/v1/config.json').then(config => {\n      if (!isGone) tourhook = createTourhook(config, { server, tags, renderer: createRenderer() })\n    })\n    return () => {\n      isGone = true\n      tourhook?.destroy()\n    }\n  }, [])\n  return null\n}`,
    },
    {
      name: 'Vue, Svelte and others',
      code: `import { createTourhook, loadConfig } from 'tourhook'\nimport { createRenderer } from 'tourhook/render'\n\nconst server = '${server}'\nconst config = await loadConfig(server + '/v1/config.json')\nconst tourhook = createTourhook(config, { server, tags: () => myTags, renderer: createRenderer() })`,
    },
    {
      name: 'WordPress, Shopify, a tag manager',
      code: `<script async src="https://www.example.com/tourhook.full.js" data-server="${server}"></script>`,
    },
  ]
  return html`<div class="stack">${card({
    title: 'On your site',
    lead: 'The file tourhook.full.js is part of the npm package tourhook; serve it from your own site.',
    body: html`<div class="stack">${snippets.map(({ name, code }, index) => html`<details${index === 0 ? html` open` : ''}><summary>${name}</summary><div class="stack"><pre class="json" tabindex="0" id="snippet-${index}">${code}</pre><div class="buttons"><button class="button slim" type="button" data-copy="snippet-${index}" hidden>Copy</button></div></div></details>`)}</div>`,
  })}${card({
    title: 'If the site has a Content-Security-Policy',
    body: html`<pre class="json" tabindex="0" id="csp">script-src 'self'; connect-src 'self' ${server}</pre><button class="button slim" type="button" data-copy="csp" hidden>Copy</button>`,
  })}${card({
    title: 'Sites that may call',
    body:
      origins.length === 0
        ? html`<p class="soft">None: no page may call this companion yet. Start it with <code>--allow-origin https://www.example.com</code>.</p>`
        : html`<ul class="checks">${origins.map(origin => html`<li><code>${origin}</code></li>`)}</ul>`,
  })}</div>`
}
