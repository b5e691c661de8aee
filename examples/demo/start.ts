import { startDemo } from './demo.ts'

const wished = Number(process.env.PORT || 4700)
const { site, panel, companion, close } = await startDemo({ port: wished })
const isElsewhere = new URL(site).port !== String(wished)

console.log(`
  Fieldnote: a made-up planner, and its tours

  Open       ${site}

  Receiver   ${panel}   what arrives; it stands beside the page, too
  Console    ${companion}/console   write a tour, follow each delivery
  Companion  ${companion}   relays, and sends the server's webhooks; on SQLite

  ${isElsewhere ? `Port ${wished} is taken, so the next free one serves. ` : ''}Ctrl+C ends it.
`)

process.once('SIGINT', close).once('SIGTERM', close)
