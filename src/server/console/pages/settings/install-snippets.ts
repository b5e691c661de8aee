/** What somebody pastes into their site. */
export interface InstallSnippet {
  name: string
  text?: string
  code: string
}

/** Every way that people build sites, the plainest first. */
export function installSnippets(server: string): InstallSnippet[] {
  const shared = sharedModule(server)
  return [
    {
      name: 'Script tag',
      code: `<script async src="/tourhook.full.js" data-server="${server}" data-tags="myTags"></script>`,
    },
    {
      name: 'React, Next.js',
      text: 'A module of its own, and a component that loads it in the browser. In Next.js the component begins with ‘use client’.',
      code: `// tours.js\n${shared}\n\n// tours-on-page.jsx\nimport { useEffect } from 'react'\nimport { showTours } from './tours.js'\n\nexport function ToursOnPage() {\n  useEffect(() => {\n    showTours()\n  }, [])\n  return null\n}`,
    },
    {
      name: 'Vue, Nuxt',
      code: `// tours.js\n${shared}\n\n// App.vue, in <script setup>\nimport { onMounted } from 'vue'\nimport { showTours } from './tours.js'\n\nonMounted(showTours)`,
    },
    {
      name: 'Svelte, SvelteKit',
      code: `// tours.js\n${shared}\n\n// +layout.svelte, in <script>\nimport { onMount } from 'svelte'\nimport { showTours } from './tours.js'\n\nonMount(showTours)`,
    },
    { name: 'Angular and others with a bundler', code: `${shared}\n\nshowTours()` },
    {
      name: 'WordPress, Shopify',
      text: 'In the theme’s head, with the file on your own server.',
      code: `<script async src="https://www.example.com/tourhook.full.js" data-server="${server}"></script>`,
    },
    {
      name: 'Google Tag Manager',
      text: 'A tag of the type Custom HTML. It drops the data attributes of a script that stands there, so a script makes it.',
      code: `<script>\n  var script = document.createElement('script')\n  script.async = true\n  script.src = 'https://www.example.com/tourhook.full.js'\n  script.dataset.server = '${server}'\n  document.head.append(script)\n</script>`,
    },
  ]
}

function sharedModule(server: string): string {
  return `import { createTourhook, loadConfig, startTours } from 'tourhook'\nimport { createRenderer } from 'tourhook/render'\n\nconst server = '${server}'\nlet shown\n\nexport function showTours() {\n  shown ??= loadConfig(server + '/v1/config.json').then(config => {\n    const tags = () => window.myTags ?? {}\n    const tourhook = createTourhook(config, { server, tags, renderer: createRenderer() })\n    startTours(tourhook)\n  })\n}`
}
