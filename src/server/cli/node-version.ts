/** The oldest Node that has all we use; `engines` in package.json says the same. */
const least = [22, 13] as const

/** What is the matter with this version of Node, in words; `undefined` when nothing is. */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > least[0] || (major === least[0] && minor >= least[1])) return undefined
  return `Tourhook needs Node ${least.join('.')} or newer, and this is ${version}. Install the current one from https://nodejs.org.`
}
