import { ConfigError } from '../../../../schema/problems/config-error.ts'
import { HttpError } from '../../http-error.ts'

/** Reports what is wrong with a config as a refusal: the first problem, and where there are more, all under `problems`. */
export async function refusingProblems<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const problems = (error instanceof ConfigError ? error.problems : []).map(({ path, message }) => ({
      path: path.replace(/^webhooks\[0\]\.?/, ''),
      message,
    }))
    const [problem] = problems
    if (!problem) throw error
    const details = problems.length > 1 ? { problems } : {}
    throw new HttpError(422, 'invalid', problem.message, { path: problem.path, details })
  }
}
