import { isSecretName } from '../../values/secret-name.ts'

/**
 * What is known of the page. `url` and `referrer` come without their hash and without parameters that look like a
 * secret, such as `?reset_token=`; `fullUrl` and `fullReferrer` are as they are.
 */
export function readPage(): Record<string, string> {
  // While a server renders the page, there is none.
  if (typeof document === 'undefined') return {}
  return {
    url: withoutSecrets(location.href),
    fullUrl: location.href,
    path: location.pathname,
    title: document.title,
    referrer: withoutSecrets(document.referrer),
    fullReferrer: document.referrer,
    language: document.documentElement.lang || navigator.language,
  }
}

function withoutSecrets(address: string): string {
  const [, start = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(address) ?? []
  // Not by `URLSearchParams`, which would encode the other parameters again.
  const open = query.split('&').filter(part => part !== '' && !isSecretName(nameOf(part)))
  return open.length > 0 ? `${start}?${open.join('&')}` : start
}

function nameOf(parameter: string): string {
  const [name = ''] = parameter.split('=')
  try {
    return decodeURIComponent(name)
  } catch {
    // A percent sign of its own.
    return name
  }
}
