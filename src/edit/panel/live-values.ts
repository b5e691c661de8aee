import type { Data } from '../../schema/data.ts'
import type { TourContext } from '../../tour/sources/sources.ts'
import type { Json } from '../../values/json.ts'
import type { EditorKit } from '../editor-kit.ts'

/** What sources say now on this page, and those who show it. */
export interface LiveValues {
  /** A value that is missing is left out. */
  of(data: Data, tour: TourContext): Record<string, Json>
  /** Answers that the author has given in the preview. */
  answer(given: Record<string, Json>): void
  /** Calls back at once, at each update and each second. */
  follow(update: () => void): void
  update(): void
  /** Nobody shows them any more. */
  clear(): void
  stop(): void
}

const everyMs = 1_000

export function createLiveValues(kit: Pick<EditorKit, 'collect' | 'tags'>): LiveValues {
  let answers: Record<string, Json> = {}
  let followers: (() => void)[] = []
  // Tags and elements change without a word.
  const clock = setInterval(update, everyMs)

  function update(): void {
    for (const follower of followers) follower()
  }

  return {
    of: (data, tour) => kit.collect(data, { tags: kit.tags(), answers, tour }, () => undefined),
    answer(given) {
      answers = { ...answers, ...given }
    },
    follow(follower) {
      followers.push(follower)
      follower()
    },
    update,
    clear() {
      followers = []
    },
    stop: () => clearInterval(clock),
  }
}
