import { renderToString } from 'react-dom/server'
import { App } from './whole-document.tsx'

/** The page as a server writes it. */
export const html = renderToString(<App />)
