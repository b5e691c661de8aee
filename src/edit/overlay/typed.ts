/** A field of the editor has another text, as its own listeners hear of it. See `keepEvents`. */
export const typed = 'typed'

/** Calls `act` when the author writes in a field. */
export function onTyped(field: HTMLElement, act: () => void): void {
  // The browser's own comes through where no guard takes it.
  for (const name of [typed, 'input']) field.addEventListener(name, act)
}
