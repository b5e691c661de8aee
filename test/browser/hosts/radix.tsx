import * as Dialog from '@radix-ui/react-dialog'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

declare global {
  interface Window {
    openOwn(): unknown
  }
}

function App() {
  const [isOpen, setOpen] = useState(false)
  window.openOwn = () => flushSync(() => setOpen(true))
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay style={{ position: 'fixed', inset: 0 }} />
        <Dialog.Content id="own" aria-describedby={undefined}>
          <Dialog.Title>Own</Dialog.Title>
          <input aria-label="Own" id="inside" />
          <Dialog.Close>Close own</Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<App />)
