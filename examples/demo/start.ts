import { startDemo } from './demo.ts'

const wished = Number(process.env.PORT ?? 4700)
const { site, panel, close } = await startDemo({ port: wished })

console.log(`
  Fieldnote, a made-up planner with real tours

  Open  ${site}

  The receiver beside it has an origin of its own: ${panel}
  ${site.endsWith(`:${wished}`) ? '' : `Port ${wished} was taken. `}Ctrl+C ends the demo.
`)

process.once('SIGINT', close)
process.once('SIGTERM', close)
