/**
 * A `fetch` that sends nothing: it shows what would have gone where, and answers 200.
 *
 * Of the address it shows the origin alone: a webhook's path is often its password.
 */
export function createDryFetch(show: (title: string, message: unknown) => void): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const body = await request.text()
    show(`would ${request.method} to ${new URL(request.url).origin}`, parsed(body))
    return new Response()
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // A GET has none, and not every body is JSON.
    return body
  }
}
