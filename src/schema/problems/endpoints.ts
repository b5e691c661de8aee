import { placeholdersIn } from '../../values/placeholder.ts'
import { type Problem, pathText } from './config-error.ts'
import { createDidYouMean, type DidYouMean } from './did-you-mean.ts'
import { type Outline, textsIn } from './outline.ts'

/** What of each event's name the config must have, so that it ever happens. */
const causes: Record<string, 'tours' | 'checklists' | 'banners' | 'segments'> = {
  tour_completed: 'tours',
  checklist_item_completed: 'checklists',
  checklist_completed: 'checklists',
  checklist_dismissed: 'checklists',
  banner_seen: 'banners',
  banner_closed: 'banners',
  auto_segment_changed: 'segments',
}

/** What works, but hardly as its author means it: webhooks that nothing sends, or that nobody else can reach. */
export function endpointWarnings(outline: Outline): Problem[] {
  const { webhooks, segments } = outline
  const finished = idsOf(outline, ['tours', 'checklists'])
  const contents = contentIds(outline)
  const hint = createDidYouMean()
  return [
    ...webhooks.flatMap((webhook, index) =>
      [
        ...addressWarnings(webhook),
        ...secretWarnings(webhook),
        ...eventWarnings(webhook, outline),
        ...contentWarnings(webhook, contents, hint),
      ].map(({ path, message }) => ({ path: pathText(['webhooks', index, ...path]), message })),
    ),
    ...segments.flatMap(({ completed = [], notCompleted = [] }, index) =>
      Object.entries({ completed, notCompleted }).flatMap(([key, ids]) =>
        ids.flatMap((id, at) =>
          id === undefined || finished.has(id)
            ? []
            : [
                {
                  path: pathText(['segments', index, key, at]),
                  message: `no tour or checklist has the id "${id}"${hint(id, finished)}`,
                },
              ],
        ),
      ),
    ),
  ]
}

type WebhookOutline = Outline['webhooks'][number]
interface Warning {
  path: PropertyKey[]
  message: string
}

function addressWarnings({ url = '', ...rest }: WebhookOutline): Warning[] {
  const left = textsIn({ url, ...rest }, []).filter(({ text }) =>
    /EXAMPLE_|YOUR_[A-Z]|<your[ _-]|REPLACE_ME|CHANGE_ME/i.test(text),
  )
  return [
    ...left.map(({ path }) => ({
      path,
      message: "still holds an example's placeholder; put your own value there",
    })),
    ...hostWarnings(url),
    ...placeholderWarnings(url),
  ]
}

function placeholderWarnings(url: string): Warning[] {
  if (!URL.canParse(url)) return []
  return placeholdersIn(url).map(name => ({
    path: ['url'],
    message: `{${name}} stays as it is, since an address is not filled; send it as "data"`,
  }))
}

function hostWarnings(url: string): Warning[] {
  if (!URL.canParse(url)) return []
  const { hostname } = new URL(url)
  const network = privateNetworkOf(hostname)
  if (network === undefined) {
    if (/[.:]/.test(hostname) || !/^https?:/i.test(url)) return []
    return [
      { path: ['url'], message: `"${hostname}" is no host that visitors find; look at the address again` },
    ]
  }
  const reach = `visitors elsewhere can't reach it, and the companion calls it only with ${network}`
  return [{ path: ['url'], message: `${hostname} is a private address: ${reach}` }]
}

/** The option that lets the companion call a private address, or `undefined` for a public one. */
function privateNetworkOf(hostname: string): string | undefined {
  if (/^(localhost|.+\.localhost)$/.test(hostname)) return '--allow-network 127.0.0.0/8 --allow-network ::1/128'
  if (hostname.startsWith('127.')) return '--allow-network 127.0.0.0/8'
  if (hostname === '[::1]') return '--allow-network ::1/128'
  if (/^10\./.test(hostname)) return '--allow-network 10.0.0.0/8'
  if (/^192\.168\./.test(hostname)) return '--allow-network 192.168.0.0/16'
  if (/^172\.(1[6-9]|2\d|3[01])\./.test(hostname)) return '--allow-network 172.16.0.0/12'
  if (/^169\.254\./.test(hostname)) return '--allow-network 169.254.0.0/16'
  if (/^\[f[cd]/.test(hostname)) return '--allow-network fc00::/7'
  if (/\.(local|internal|lan|home\.arpa)$/.test(hostname)) return '--allow-network and its network'
  return undefined
}

function secretWarnings({ method, secret }: WebhookOutline): Warning[] {
  if (method !== 'GET' || secret === undefined) return []
  const message = 'signs the query of a GET, which few receivers verify: use "POST", or see docs/receivers'
  return [{ path: ['secret'], message }]
}

function eventWarnings({ events = [] }: WebhookOutline, outline: Outline): Warning[] {
  // A server that emits by itself may have a config of webhooks alone.
  const { webhooks: _, ...contents } = outline
  if (Object.values(contents).every(({ length }) => length === 0)) return []
  return events.flatMap((name = '', index) => {
    const cause = Object.hasOwn(causes, name) ? causes[name] : undefined
    if (cause === undefined || outline[cause].length > 0) return []
    return [{ path: ['events', index], message: `nothing causes "${name}": the config has no ${cause}` }]
  })
}

function contentWarnings(
  { events = [], contents = [] }: WebhookOutline,
  known: Set<string>,
  hint: DidYouMean,
): Warning[] {
  if (contents.length > 0 && events.length === 0)
    return [{ path: ['contents'], message: 'has no effect without "events": it says which of them count' }]
  // Of the others the content is a user or a tag, which only the page knows.
  if (known.size === 0 || !events.every((name = '') => Object.hasOwn(causes, name))) return []
  return contents.flatMap((id, index) => {
    if (id === undefined || known.has(id)) return []
    const message = `no tour, checklist, banner or segment has the id "${id}"${hint(id, known)}`
    return [{ path: ['contents', index], message }]
  })
}

/** The ids of all that an event can be about. */
function contentIds(outline: Outline): Set<string> {
  const items = outline.checklists.flatMap(({ items = [] }) => items.flatMap(({ id = [] }) => id))
  return new Set([...idsOf(outline, ['tours', 'checklists', 'banners', 'segments']), ...items])
}

function idsOf(outline: Outline, kinds: ('tours' | 'checklists' | 'banners' | 'segments')[]): Set<string> {
  return new Set(kinds.flatMap(kind => outline[kind].flatMap(({ id = [] }) => id)))
}
