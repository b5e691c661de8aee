import type { Driver } from 'driver.js'
import type introJs from 'intro.js'
import type introJs7 from 'introjs7'
import type { Props as Joyride2Props } from 'joyride2'
import type { Props as JoyrideProps } from 'react-joyride'
import type { Tour } from 'shepherd.js'
import type { Tour as Tour14 } from 'shepherd14'
import ts from 'typescript'
import { expect, expectTypeOf, test } from 'vitest'
import {
  attachJoyride,
  type Driver as DriverLike,
  type IntroTour,
  type RunStarter,
  type ShepherdTour,
} from '../../src/adapters/index.ts'

declare const tourhook: RunStarter

test("takes the libraries' own tours as they are typed", () => {
  expectTypeOf<Driver>().toExtend<DriverLike>()
  expectTypeOf<Tour>().toExtend<ShepherdTour>()
  expectTypeOf<Tour14>().toExtend<ShepherdTour>()
  expectTypeOf<ReturnType<typeof introJs>>().toExtend<IntroTour>()
  expectTypeOf<ReturnType<typeof introJs.tour>>().toExtend<IntroTour>()
  expectTypeOf<ReturnType<typeof introJs7>>().toExtend<IntroTour>()
})

test('refuses what is no tour', () => {
  expectTypeOf<object>().not.toExtend<DriverLike>()
  expectTypeOf<Tour>().not.toExtend<DriverLike>()
  expectTypeOf<Driver>().not.toExtend<ShepherdTour>()
  expectTypeOf<Tour>().not.toExtend<IntroTour>()
})

test("makes a handler that fits Joyride's component, with a host's own or without", () => {
  const plain = () => attachJoyride(tourhook, { tour: 'welcome' }).onEvent
  expectTypeOf(plain).returns.toExtend<NonNullable<JoyrideProps['onEvent']>>()
  expectTypeOf(plain).returns.toExtend<NonNullable<Joyride2Props['callback']>>()

  const wrapped = (onEvent: NonNullable<JoyrideProps['onEvent']>) =>
    attachJoyride(tourhook, { tour: 'welcome', onEvent })
  expectTypeOf<ReturnType<typeof wrapped>['onEvent']>().toExtend<NonNullable<JoyrideProps['onEvent']>>()

  const wrapped2 = (onEvent: NonNullable<Joyride2Props['callback']>) =>
    attachJoyride(tourhook, { tour: 'welcome', onEvent }).onEvent
  expectTypeOf(wrapped2).returns.toExtend<NonNullable<Joyride2Props['callback']>>()
})

test('takes a Driver of 0.9 as it is typed', { timeout: 60_000 }, () => {
  // A program of its own: those types take the place of version 1's wherever they are seen.
  const path = 'test/adapters/driver0.virtual.ts'
  const source = `/// <reference path="../../node_modules/driver0/types/index.d.ts" />
    import Driver from 'driver.js'
    import { attachDriver, type RunStarter } from '../../src/adapters/index.ts'
    export const attach = (tourhook: RunStarter) => attachDriver(tourhook, new Driver(), { tour: 'welcome' })
    // @ts-expect-error it is checked
    export const refuse = (tourhook: RunStarter) => attachDriver(tourhook, {}, { tour: 'welcome' })`
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, types: [] }, '.')
  const host = ts.createCompilerHost(options)
  const { getSourceFile } = host
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, source, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest)
  const program = ts.createProgram([path], options, host)
  const problems = ts.getPreEmitDiagnostics(program, program.getSourceFile(path))
  expect(problems.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([])
})
