import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveExample } from './serve.ts'

const name = process.argv[2] ?? ''
const names = readdirSync(import.meta.dirname).filter(name =>
  existsSync(join(import.meta.dirname, name, 'index.html')),
)

if (names.includes(name)) {
  const { url } = await serveExample(name, {
    onMessage: body => console.log('\nThe webhook got', parse(body)),
  })
  console.log(`The example "${name}" is at ${url}`)
} else {
  console.error(`npm run example NAME, with one of: ${names.join(', ')}`)
  process.exitCode = 1
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body // no JSON: shown as it came
  }
}
