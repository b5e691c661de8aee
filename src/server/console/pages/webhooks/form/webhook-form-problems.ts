import { ConfigError, type Problem } from '../../../../../schema/problems/config-error.ts'
import type { Webhook } from '../../../../../schema/webhook.ts'
import type { FormValues } from '../../../ui/forms/form-values.ts'

export const notJson: Problem = { path: 'body', message: 'the template is not JSON' }

/** What is wrong with a webhook, by its own paths. Whatever else went wrong is thrown on. */
export function problemsOfError(error: unknown): Problem[] {
  if (error instanceof ConfigError) {
    return error.problems.map(({ path, message }) => ({ path: path.replace(/^webhooks\[0\]\.?/, ''), message }))
  }
  throw error
}

/**
 * What a form leaves as it was, though its URL has another origin, which is not to learn it: nobody sees these values,
 * so whoever moves a webhook enters them again.
 */
export function keptSecrets(form: FormValues, before: Webhook): Problem[] {
  if (originOf(form.text('url')) === originOf(before.url)) return []
  const names = form.all('headers.name').map(name => name.trim())
  const values = form.all('headers.value')
  const kept = names.filter((name, index) => before.headers?.[name] !== undefined && !values[index])
  const keepsPassword =
    before.auth !== undefined && form.text('username') !== '' && form.exact('password') === ''
  return [
    ...(kept.length > 0
      ? [
          {
            path: 'headers',
            message: `enter the value of ${kept.join(', ')} again, or clear its name: the URL has another origin, which is not to learn the present one`,
          },
        ]
      : []),
    ...(keepsPassword
      ? [
          {
            path: 'auth',
            message:
              'enter the password again, or clear the user name: the URL has another origin, which is not to learn the present one',
          },
        ]
      : []),
  ]
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined
}
