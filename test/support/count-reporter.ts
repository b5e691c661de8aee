import type { Reporter, TestModule } from 'vitest/node'

/**
 * Prints `N passed, N failed` as the very last line, with `, N skipped` if there are any.
 * A file that could not be read, a hook that failed and an error outside of the tests each count as a failure.
 */
export function createCountReporter(): Reporter {
  let line: string | undefined
  // At the exit, since the order of reporters says nothing about who writes last.
  process.once('exit', () => {
    if (line !== undefined) console.log(line)
  })

  return {
    onTestRunEnd(modules, errors) {
      const tests = modules.flatMap(module => [...module.children.allTests()])
      const count = (state: string) => tests.filter(test => test.result().state === state).length
      const failed = count('failed') + modules.reduce((sum, module) => sum + faults(module), 0) + errors.length
      const skipped = tests.length - count('passed') - count('failed')
      line = `${count('passed')} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
    },
  }
}

/** Errors of the file and of its suites' hooks, which belong to no test. */
function faults(module: TestModule): number {
  const suites = [...module.children.allSuites()]
  return [module, ...suites].reduce((sum, suite) => sum + suite.errors().length, 0)
}
