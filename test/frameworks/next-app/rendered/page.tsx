import { Counter } from './counter'

const config = JSON.stringify({
  tours: [
    {
      id: 'hydrated',
      steps: [
        { id: 'press', type: 'pointer', element: '#count', title: 'Press here', content: 'It counts.' },
        { id: 'done', type: 'slideout', title: 'Counted' },
      ],
    },
  ],
})

/** Rendered on the server with the script that draws tours in it, which may run before React hydrates the page. */
export default function Rendered() {
  return (
    <main>
      <Counter />
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own, which React would escape */}
      <script type="application/json" id="tourhook-config" dangerouslySetInnerHTML={{ __html: config }} />
      <script async src="/tourhook.full.js" data-start="hydrated" />
    </main>
  )
}
