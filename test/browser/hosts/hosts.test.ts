import { describeHosts } from './host-suite.ts'
import { otherHosts } from './hosts.ts'

describeHosts('chromium', otherHosts)
