declare module '*.css'

declare module '*.vue' {
  const component: import('vue').Component
  export default component
}

declare module '*.svelte' {
  const component: import('svelte').Component
  export default component
}

// Its own types say `declare module 'driver.js'`, and would take the place of version 1's.
declare module 'driver0/dist/driver.min.js' {
  export default class Driver {
    constructor(options: object)
    isActivated: boolean
    defineSteps(steps: object[]): void
    getSteps(): unknown[]
    getHighlightedElement(): unknown
    hasNextStep(): boolean
    moveNext(): void
    start(index?: number): void
    reset(): void
  }
}
