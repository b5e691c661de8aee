import { setTimeout as pauseFor } from 'node:timers/promises'
import { startPostgres } from '../../server/support/postgres.ts'
import { startRecorder } from '../../server/support/recorder.ts'
import { quantile, table } from '../table.ts'
import { type Subject, subjects } from './subjects.ts'

const names = ['bare INSERT … COMMIT, nothing sent', 'Tourhook, PostgreSQL']
const quietMs = 5
const warmUp = 500

/**
 * An emit on PostgreSQL beside the least that it takes to keep anything there: by turns, so that a busy disk is as busy
 * for both, and each from the same quiet.
 */
export async function benchAcknowledged(rounds = 500): Promise<string> {
  const postgres = await startPostgres({ flush: true })
  const recorder = await startRecorder()
  const { connectionString } = postgres
  const places = { url: recorder.url, connectionString, file: '', redis: { everysec: 0, always: 0 } }
  const compared: (Subject & { name: string; count: number; took: number[] })[] = []
  for (const name of names) {
    const subject = await subjects[name]?.(places)
    if (subject) compared.push({ ...subject, name, count: 0, took: [] })
  }
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const one of compared) {
      if (round >= warmUp) await pauseFor(quietMs)
      const began = performance.now()
      await one.send()
      if (round >= warmUp) one.took.push(performance.now() - began)
      one.count += 1
      await one.settled(one.count)
    }
  }
  for (const { close } of compared) await close()
  recorder.close()
  await postgres.remove()

  const at = (took: readonly number[], share: number) => quantile(took, share).toFixed(2)
  return table(
    ['acknowledged by turns, ms', 'least (5 %)', 'median', 'p95'],
    compared.map(({ name, took }) => [name, at(took, 0.05), at(took, 0.5), at(took, 0.95)]),
  )
}
