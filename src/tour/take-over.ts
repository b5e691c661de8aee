export interface TakeOverOptions {
  namespace: string
  /** The tours' ids. */
  tours: readonly string[]
  /** A later one has the same namespace and one of the tours. */
  onTaken(): void
}

const name = 'tourhook:created'

/**
 * Ends the Tourhook that the page has made before with the same namespace and one of the same tours, as a hot reload
 * does: two would draw each step twice. Returns the undo.
 */
export function takeOver({ namespace, tours, onTaken }: TakeOverOptions): () => void {
  const detail = { namespace, tours }
  document.dispatchEvent(new CustomEvent(name, { detail }))

  function listener(event: Event): void {
    const other = (event as CustomEvent<typeof detail>).detail
    if (other.namespace === namespace && tours.some(id => other.tours.includes(id))) onTaken()
  }

  document.addEventListener(name, listener)
  return () => document.removeEventListener(name, listener)
}
