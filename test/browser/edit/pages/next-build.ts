/** The two builds of a page. */
export type Build = 1 | 2

export interface NextBuild {
  /** A text, and what it is in the next build. */
  text(before: string, after: string): string
  /** A list, whose order is another in the next build; what is `added` stands first then. */
  order<T>(items: readonly T[], added?: T): T[]
  /** What a build makes of a name: five letters and digits. */
  hash(name: string): string
  isRebuilt: boolean
}

/** What changes with a build: generated names, the order of siblings, texts. */
export function nextBuild(build: Build): NextBuild {
  return {
    text: (before, after) => (build === 1 ? before : after),
    order(items, added) {
      if (build === 1) return [...items]
      const others = [...items.slice(2).reverse(), ...items.slice(0, 2).reverse()]
      return added === undefined ? others : [added, ...others]
    },
    hash: name => hashOf(`${build}${name}`),
    isRebuilt: build === 2,
  }
}

function hashOf(text: string): string {
  let hash = 7
  for (const letter of text) hash = (hash * 31 + letter.charCodeAt(0)) % 60_466_176
  return ((hash * 2_654_435) % 60_466_176).toString(36).padStart(5, 'k')
}
