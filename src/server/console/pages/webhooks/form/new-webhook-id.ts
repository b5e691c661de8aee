/** An id that says what the webhook is: `crm-lead`, `crm-lead-2`. */
export function newWebhookId(name: string, taken: ReadonlySet<string>): string {
  const plain =
    name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 60) || 'webhook'
  let id = plain
  for (let number = 2; taken.has(id); number += 1) id = `${plain}-${number}`
  return id
}
