import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Display {
  /** For the environment's `DISPLAY`. */
  name: string
  stop(): Promise<void>
}

/** An X display that nobody sees. Xvfb picks a free one itself and writes its number where `-displayfd` says. */
export async function startDisplay(): Promise<Display> {
  const xvfb = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const abandon = () => xvfb.kill()
  process.once('exit', abandon)
  const exited = once(xvfb, 'exit')
  const failed = exited.then(([code]) => {
    throw new Error(`Xvfb ended with ${code}`)
  })
  const [number] = await Promise.race([once(xvfb.stdout, 'data'), failed])
  return {
    name: `:${String(number).trim()}`,
    async stop() {
      process.off('exit', abandon)
      xvfb.kill()
      await exited
    },
  }
}
