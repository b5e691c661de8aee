import { version } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { App } from './whole-document.tsx'

const faults: string[] = []
Object.assign(window, { faults, version, first: document.querySelector('h1') })
hydrateRoot(document, <App />, { onRecoverableError: error => faults.push(String(error)) })
