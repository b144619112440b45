#!/usr/bin/env node
/** Where the process begins: what the agent needs of it is said before anything is loaded, for it is heard by the very start alone. */
import { startAnew } from './start-anew.ts'

if (process.argv[2] === 'start') startAnew()
await import('./run.ts')
