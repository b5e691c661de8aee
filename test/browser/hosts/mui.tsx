import Dialog from '@mui/material/Dialog'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

function App() {
  const [isOpen, setOpen] = useState(false)
  window.openOwn = () => flushSync(() => setOpen(true))
  return (
    <Dialog
      open={isOpen}
      onClose={() => setOpen(false)}
      transitionDuration={0}
      slotProps={{ paper: { id: 'own' } }}
    >
      <input aria-label="Own" id="inside" />
      <button type="button" onClick={() => setOpen(false)}>
        Close own
      </button>
    </Dialog>
  )
}

createRoot(document.body.appendChild(document.createElement('div'))).render(<App />)
