import type * as z from 'zod/mini'

/** One thing that the companion can be asked. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below the companion's address, `{id}` for what stands there. */
  path: string
  /** One sentence, for a list. */
  summary: string
  /** The role whose token it takes, as bearer; absent for pages. */
  role?: 'viewer' | 'author' | 'owner'
  /** Whether it is for the editor on a page, with its token as bearer. */
  isEditor?: boolean
  /** The names of its query parameters. */
  query?: readonly string[]
  body?: z.ZodMiniType
  /** What the answer holds, by its status; none for an empty one. */
  answers: Readonly<Record<number, z.ZodMiniType | undefined>>
}

type Rest = Pick<Operation, 'query' | 'body' | 'answers'>

/** One that pages call. */
export function page(method: Operation['method'], path: string, summary: string, rest: Rest): Operation {
  return { method, path, summary, ...rest }
}

/** One below `/v1/admin`, for whoever has the role, or one that may do more. */
export function admin(
  role: NonNullable<Operation['role']>,
  call: `${Operation['method']} ${string}`,
  summary: string,
  rest: Rest,
): Operation {
  const [method, path] = call.split(' ') as [Operation['method'], string]
  return { method, path: `/v1/admin/${path}`, summary, role, ...rest }
}

/** One below `/v1/edit`, for the editor on a page. */
export function editor(method: Operation['method'], path: string, summary: string, rest: Rest): Operation {
  return { method, path: `/v1/edit/${path}`, summary, isEditor: true, ...rest }
}
