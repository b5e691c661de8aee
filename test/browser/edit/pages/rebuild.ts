import { type Build, nextBuild } from './next-build.ts'

/** Which build of the page this is; the bundler puts it in. */
declare const BUILD: Build

export const { text, order, hash, isRebuilt } = nextBuild(BUILD)
