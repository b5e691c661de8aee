/** A click within a layer, as the layer's own listeners hear of it. See `keepEvents`. */
export const press = 'press'

/** Calls `act` when the visitor clicks a button of a layer, or presses Enter on it. */
export function onPress(button: HTMLElement, act: () => void): void {
  button.addEventListener(press, act)
}
