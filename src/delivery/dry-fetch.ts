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
    const message = request.method === 'GET' ? Object.fromEntries(searchParams) : parsed(await request.text())
    show(`would ${request.method} to ${origin}`, message)
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
