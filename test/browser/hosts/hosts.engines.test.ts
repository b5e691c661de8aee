import { inject } from 'vitest'
import { describeHosts } from './host-suite.ts'
import { differentHosts } from './hosts.ts'

for (const engine of inject('engines')) describeHosts(engine, differentHosts)
