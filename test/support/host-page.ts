import type { Config } from '../../src/schema/config.ts'
import type { SitePage } from './site.ts'

/** A website that makes it hard for a guest. */
export interface HostPage {
  name: string
  /** Scripts and HTML before Tourhook's script; `nonce` is the page's, where its policy demands one. */
  before?: string
  /** The page's own HTML. */
  body?: string
  /** Scripts and styles by their paths. */
  files?: Record<string, () => string>
  /** Makes the page: one that a bundler has to build. Gets the rest as its body. */
  build?(body: string): Promise<string>
  headers?: Record<string, string>
  /** Has a modal dialog of its own, `#own`, which `window.openOwn()` opens; it traps the focus. */
  hasDialog?: boolean
  /** Hides from the guest what an endpoint answers. */
  hidesAnswers?: boolean
  /** Answers in the endpoint's place, so that nothing arrives. */
  inventsAnswers?: boolean
}

/** A tour with each kind of step, whose answers go to `/crm`, and a webhook that is refused. */
export function hostConfig(receiver: (path: string) => string): Config {
  return {
    webhooks: [
      { id: 'crm', url: receiver('/crm'), transport: 'cors' },
      { id: 'refused', url: receiver('/refused'), transport: 'cors' },
    ],
    tours: [
      {
        id: 'welcome',
        steps: [
          {
            id: 'ask',
            type: 'modal',
            title: 'Hello',
            content: 'Two **questions**.\n\n- One\n- Two',
            fields: [
              { name: 'who', label: 'Name', type: 'text', required: true },
              { name: 'score', label: 'Score', type: 'nps', required: true },
              { name: 'tools', label: 'Tools', type: 'checkbox', options: ['Slack', 'Jira'] },
            ],
          },
          { id: 'show', type: 'pointer', element: '#target', title: 'Here' },
          {
            id: 'send',
            type: 'trigger',
            trigger: {
              type: 'webhook',
              webhook: 'crm',
              data: {
                who: { answer: 'who' },
                score: { answer: 'score' },
                tools: { answer: 'tools' },
                fixed: { value: 'spring' },
              },
            },
          },
          { id: 'bye', type: 'slideout', title: 'Bye' },
        ],
      },
    ],
  }
}

/** The pages and files of a host: its first page is at `/`. */
export async function hostPages(host: HostPage, config: Config): Promise<Record<string, SitePage>> {
  const { before = '', body = '', files = {}, headers = {}, build } = host
  const inner = `<style nonce="page">#target { margin: 40px }</style>
    <script nonce="page">
      window.told = []
      for (const name of ['queued', 'delivered', 'sent', 'failed', 'error']) {
        document.addEventListener('tourhook:' + name, ({ detail }) => {
          window.told.push({ name, id: detail.id, webhook: detail.webhook, message: detail.error?.message ?? '' })
        })
      }
    </script>
    ${before}
    <script type="application/json" id="tourhook-config">${JSON.stringify(config)}</script>
    <script src="/dist/tourhook.full.js" nonce="page"></script>
    <button id="target">Target</button>
    ${body}`
  const html = build ? await build(inner) : `<!doctype html><html lang="en"><title>${host.name}</title>${inner}`
  const served = Object.entries(files).map(([path, read]): [string, SitePage] => {
    const type = path.endsWith('.css') ? 'text/css' : 'text/javascript'
    return [path, { html: read(), headers: { 'content-type': type } }]
  })
  return { '/': { html, headers }, ...Object.fromEntries(served) }
}
