import type { Problem } from '../../schema/problems/config-error.ts'
import type { Webhook } from '../../schema/webhook.ts'

const secretName = /authorization|token|secret|password|signature|api[-_]?key|^(key|sig|code)$/i

/** Hosts whose webhooks' addresses let whoever knows them post. */
const secretHosts =
  /(^|\.)(hooks\.slack\.com|discord(app)?\.com|webhook\.office\.com|logic\.azure\.com|hooks\.zapier\.com)$/

/** What in a config that browsers load should not be read by every visitor. It names places, never values. */
export function credentialsIn(webhooks: readonly Webhook[]): Problem[] {
  return webhooks.flatMap((webhook, index) => {
    const at = (key: string) => `webhooks[${index}].${key}`
    const { auth, secret, headers = {}, query = {}, url } = webhook
    return [
      ...(auth ? [at('auth')] : []),
      ...(secret ? [at('secret')] : []),
      ...secretNames(headers).map(name => at(`headers.${name}`)),
      ...secretNames(query).map(name => at(`query.${name}`)),
      ...(url !== undefined && isSecretAddress(url) ? [at('url')] : []),
    ].map(path => ({
      path,
      message: 'every visitor can read this; keep it on the companion and write "transport": "relay" here',
    }))
  })
}

function secretNames(values: Record<string, unknown>): string[] {
  return Object.keys(values).filter(name => secretName.test(name))
}

function isSecretAddress(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname, searchParams } = new URL(url)
  return secretHosts.test(hostname) || [...searchParams.keys()].some(name => secretName.test(name))
}
