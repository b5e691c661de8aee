import { setImmediate as nextTurn } from 'node:timers/promises'
import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { storeAt } from './store-at.ts'
import { webhookTo } from './webhook.ts'

// A process of its own, which begins to send all again and reports how far it is, until it is killed.
const [place = '', url = '', total = ''] = process.argv.slice(2)
const emitter = createEmitter({
  store: storeAt(place),
  webhooks: [webhookTo(url)],
  timeoutMs: 1000,
  allowNetworks: ['127.0.0.0/8'],
})
const by = { by: 'Ada', role: 'owner', via: 'console' } as const
const { id } = await emitter.jobs.start({
  kind: 'resend',
  filter: { webhook: 'crm' },
  total: Number(total),
  by,
})
for (;;) {
  process.send?.((await emitter.jobs.get(id))?.done ?? 0)
  await nextTurn()
}
