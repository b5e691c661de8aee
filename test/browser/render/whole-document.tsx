import { useEffect, useState } from 'react'

const config = JSON.stringify({ tours: [{ id: 'welcome', steps: [{ type: 'modal', title: 'Hello' }] }] })

/** A page that React renders as a whole, as Next.js does. */
export function App() {
  const [title, setTitle] = useState('From the server')
  useEffect(() => {
    Object.assign(window, {
      hydratedWith: Array.from(document.documentElement.children, ({ localName }) => localName),
    })
    setTitle('Hydrated')
  }, [])
  return (
    <html lang="en">
      <head>
        <title>Whole</title>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: JSON of our own, which React would escape */}
        <script type="application/json" id="tourhook-config" dangerouslySetInnerHTML={{ __html: config }} />
        <script src="/dist/tourhook.full.js" data-start="welcome" />
      </head>
      <body>
        <h1>{title}</h1>
        <script src="/app.js" defer />
      </body>
    </html>
  )
}
