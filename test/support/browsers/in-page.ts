import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserPage } from '../browsers.ts'

type Evaluate = BrowserPage['evaluate']

/** `evaluate` and `waitFor` of an engine that can run an expression and hand back a string or nothing. */
export function createEvaluate(
  run: (expression: string) => Promise<unknown>,
): Pick<BrowserPage, 'evaluate' | 'waitFor'> {
  const evaluate: Evaluate = async (fn, ...args) => {
    const call = `(${fn})(${args.map(arg => JSON.stringify(arg) ?? 'undefined').join(', ')})`
    const json = await run(`(async () => JSON.stringify(await ${call}))()`)
    return typeof json === 'string' ? JSON.parse(json) : undefined
  }

  const waitFor: Evaluate = async (fn, ...args) => {
    const deadline = performance.now() + 10_000
    let cause: unknown
    while (performance.now() < deadline) {
      try {
        const value = await evaluate(fn, ...args)
        if (value) return value
      } catch (error) {
        cause = error // the page is under way to another, or what `fn` looks at is not there yet
      }
      await wait(20)
    }
    throw new Error(`Waited 10 s in vain for ${fn}`, { cause })
  }

  return { evaluate, waitFor }
}
