'use client'

import { useEffect, useState } from 'react'
import type { StepEvent } from 'tourhook'
import { tourhook } from '../tourhook'

/** Draws a tour's step, and starts the tour, or goes on with it. */
export function Tour({ id }: { id: string }) {
  const [shown, show] = useState<StepEvent>()

  useEffect(() => {
    const end = () => show(undefined)
    const undos = [tourhook.on('step', show), tourhook.on('completed', end), tourhook.on('closed', end)]
    tourhook.start(id)
    return () => {
      for (const undo of undos) undo()
    }
  }, [id])

  if (!shown) return null
  const { step, run } = shown
  return (
    <dialog open aria-labelledby="tour-title">
      <h2 id="tour-title">{step.title}</h2>
      {step.id === 'hello' && (
        <label>
          {step.content} <input name="role" onChange={event => run.answer('role', event.target.value)} />
        </label>
      )}
      <button type="button" onClick={run.next}>
        Next
      </button>
      <button type="button" onClick={run.close}>
        Close
      </button>
    </dialog>
  )
}
