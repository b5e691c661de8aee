type Callable = (...args: unknown[]) => unknown

/**
 * Calls the listener before a function that an object holds under a name, also one that is put there later;
 * returns the undo. Below a later tap it stays in place, so the listener must bear being called after it.
 */
export function wrapMethod(target: object, name: string, listener: (...args: unknown[]) => void): () => void {
  let own: Callable | undefined = Reflect.get(target, name)

  function call(this: unknown, ...args: unknown[]): unknown {
    listener(...args)
    return own?.apply(this, args)
  }

  function get(): Callable {
    return call
  }

  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get,
    set(value: Callable | undefined) {
      own = value
    },
  })

  return () => {
    // Another tap that has come on top since calls on through this one.
    if (Object.getOwnPropertyDescriptor(target, name)?.get !== get) return
    Object.defineProperty(target, name, { configurable: true, enumerable: true, writable: true, value: own })
  }
}
