import type { Actor } from '../../../console/access/person.ts'

/** What the admin API's routes know of a request. */
export interface AdminEnv {
  Variables: {
    /** Whose token it came with. */
    person: Actor
  }
}
