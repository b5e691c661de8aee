/**
 * A `fetch` that sends nothing: it shows what would have gone where, and answers 200.
 *
 * Of the address it shows the origin, and the query where that is the message: a webhook's path is often its
 * password.
 */
export function createDryFetch(show: (title: string, message: unknown) => void): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const { origin, searchParams } = new URL(request.url)
    const isQuery = request.method === 'GET'
    // At once where that can be, so that it is shown before what comes after it.
    const text = isQuery || typeof init?.body === 'string' ? String(init?.body) : await request.text()
    show(`would ${request.method} to ${origin}`, isQuery ? Object.fromEntries(searchParams) : parsed(text))
    return new Response()
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // A template may make another text of it.
    return body
  }
}
