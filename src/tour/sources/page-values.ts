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
    path: withoutSecrets(location.pathname),
    title: document.title,
    referrer: withoutSecrets(document.referrer),
    fullReferrer: document.referrer,
    language: document.documentElement.lang || navigator.language,
  }
}

function withoutSecrets(address: string): string {
  const [, start = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(address) ?? []
  // Not by `URLSearchParams`, which would encode the other parameters again.
  const open = query.split('&').filter(part => part !== '' && !isSecret(part))
  // Some servers write the session behind the path: `/cart;jsessionid=…`.
  const path = start.replace(/;[^/;]*/g, part => (isSecret(part) ? '' : part))
  return open.length > 0 ? `${path}?${open.join('&')}` : path
}

/** Whether a parameter is a secret by its name, or its value an address with such a one: `?next=%2F%3Ftoken%3D…`. */
function isSecret(parameter: string): boolean {
  return decoded(parameter)
    .split(/[?&#;]/)
    .some(part => isSecretName(part.replace(/=.*/s, '')))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign of its own.
    return text
  }
}
