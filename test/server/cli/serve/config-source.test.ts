import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createConfigSource } from '../../../../src/server/cli/serve/config-source.ts'
import { folderWith } from '../../../support/command-line.ts'

const tours = (id: string) => ({ tours: [{ id }] })

async function startSource(onRead = async () => {}) {
  const file = join(await folderWith({ 'tourhook.json': tours('first') }), 'tourhook.json')
  const problems: unknown[] = []
  const source = createConfigSource({
    file,
    config: tours('first'),
    onRead,
    onProblem: error => problems.push(error),
  })
  return { file, problems, source }
}

test('a config is read again when it is asked for, and whenever its file changes', async () => {
  const { file, problems, source } = await startSource()
  await writeFile(file, JSON.stringify(tours('second')))
  expect(source.current()).toEqual(tours('first'))
  await source.reload()
  expect(source.current()).toEqual(tours('second'))

  onTestFinished(source.watch())
  await writeFile(file, JSON.stringify(tours('the third')))
  await expect.poll(() => source.current()).toEqual(tours('the third'))
  expect(problems).toEqual([])
})

test.each([
  ['is no JSON', '{', 'is not JSON'],
  ['has problems', '{ "tours": [{ "id": 7 }] }', 'tours[0].id'],
])('a config that %s leaves everything as it was, and is reported', async (_, text, reason) => {
  const { file, problems, source } = await startSource()
  const before = source.current()
  await writeFile(file, text)
  await source.reload()
  expect(source.current()).toBe(before)
  expect(String(problems[0])).toContain(reason)
})

test('a config that can not be taken over leaves everything as it was', async () => {
  const { file, problems, source } = await startSource(() => Promise.reject(new Error('unfit')))
  await writeFile(file, JSON.stringify(tours('second')))
  await source.reload()
  expect(source.current()).toEqual(tours('first'))
  expect(problems).toMatchObject([{ message: 'unfit' }])
})
