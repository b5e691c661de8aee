import { createEmitter } from '../../../src/server/emitter/emitter.ts'
import { storeAt } from './store-at.ts'
import { tourCompleted, webhookTo } from './webhook.ts'

// A process of its own, which emits as fast as it can and reports each acknowledged delivery, until it is killed.
const [place = '', url = ''] = process.argv.slice(2)
const emitter = createEmitter({
  store: storeAt(place),
  webhooks: [webhookTo(url)],
  timeoutMs: 1000,
  allowNetworks: ['127.0.0.0/8'],
})

async function emitForEver() {
  for (;;) process.send?.(await emitter.emit(tourCompleted))
}
for (let index = 0; index < 8; index++) void emitForEver()
