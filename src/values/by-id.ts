/**
 * The item with this id.
 *
 * @throws {Error} when there is none.
 */
export function byId<T extends { id?: string | undefined }>(items: readonly T[], id: string, kind: string): T {
  const item = items.find(item => item.id === id)
  if (!item) throw new Error(`no ${kind} has the id "${id}"`)
  return item
}
