import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkConfigFile, readConfig } from '../../../../src/server/cli/check/config-file.ts'
import { folderWith } from '../../../support/command-line.ts'
import { mistakes, placeOfMistake, textOfMistake } from '../../../support/mistakes.ts'

async function fileWith(text: string): Promise<string> {
  return join(await folderWith({ 'tourhook.json': text }), 'tourhook.json')
}

test.each(mistakes)('$name is found, at its place', async mistake => {
  const { problems, warnings, notes } = await checkConfigFile(await fileWith(textOfMistake(mistake)))
  const found = { problem: problems, warning: warnings, note: notes }
  expect(found[mistake.kind]).toEqual([
    { path: mistake.path, message: expect.stringContaining(mistake.words), ...placeOfMistake(mistake) },
  ])
  const others = Object.entries(found).filter(([kind]) => kind !== mistake.kind)
  expect(others.flatMap(([, list]) => list)).toEqual([])
})

test('there are a hundred of them', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(100)
})

test('a file that begins with a byte order mark is read', async () => {
  const path = await fileWith('{}')
  await writeFile(path, '\ufeff{ "tours": [] }')
  expect(await readConfig(path)).toEqual({ tours: [] })
})

test('what serve reports of a config names the lines', async () => {
  const path = await fileWith('{\n  "webhooks": [{ "id": "a",\n    "url": "http://a.example" }]\n}')
  await expect(readConfig(path)).rejects.toThrow(
    'webhooks[0].url: expected https; http is for localhost only (line 3, column 12)',
  )
})
