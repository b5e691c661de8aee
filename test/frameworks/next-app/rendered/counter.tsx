'use client'

import { useState } from 'react'

/** Counts once it is hydrated. */
export function Counter() {
  const [count, set] = useState(0)
  return (
    <button id="count" type="button" onClick={() => set(count + 1)}>
      Pressed {count} times
    </button>
  )
}
