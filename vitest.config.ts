import { existsSync, statfsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Without browsers, on every processor: by itself vitest leaves one of two idle. */
const quick = { testTimeout: 20_000, maxWorkers: '100%' }

/** Short to read and long to run, much of it waiting: begun last they would be waited for alone. */
const begunFirst = [
  ...['test/flow/unlink-kill.test.ts', 'test/flow/kill.test.ts', 'test/flow/unlink-corpus.test.ts'],
  ...['test/browser/journey.test.ts', 'test/browser/page-kinds.test.ts', 'test/browser/background.test.ts'],
]

/** The larger file first, as vitest itself does, after those known to take longest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = begunFirst.findIndex((name) => moduleId.endsWith(name))
      return at === -1 ? begunFirst.length : at
    }
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

// Tests start agents by the hundred, each with threads and processes of its own that read the sources anew: what Node made of them is kept (measured
// 2026-11: a writer's thread is there in 0.6 s, not 1.3).
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('node_modules/.cache/node', import.meta.url))

// Each commit of a ledger waits for the disk, and tests make ledgers by the thousand: they lie in memory where there is room (a fifth faster, measured 2026-11).
const inMemory = { folder: '/dev/shm', roomBytes: 4e9 }
const room = existsSync(inMemory.folder) ? statfsSync(inMemory.folder) : null
if (room && room.bavail * room.bsize >= inMemory.roomBytes) process.env['TMPDIR'] ??= inMemory.folder

// Quick (no browser; the extension's apart), flow (whole journeys against the stand-in), browser (real Chromium and Firefox).
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...{ name: 'quick', ...quick },
          include: ['test/{structure,shared,agent,procore}/**/*.test.ts'],
          isolate: false, // each file would load the agent anew: 181 s, not 105 (measured 2026-11); whoever changes the clock or the environment puts it back
        },
      },
      {
        extends: true,
        test: { ...{ name: 'quick-extension', ...quick }, include: ['test/extension/**/*.test.{ts,tsx}'] }, // one of them puts another browser in its module's place
      },
      {
        extends: true,
        test: {
          name: 'flow',
          include: ['test/flow/**/*.test.ts'],
          globalSetup: 'test/support/bundle-writer.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 3, // much of it is waiting: for a file to rest, for the disk
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: 'test/support/bundle-writer.ts',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 3, // much of it is waiting: for a browser to fall asleep, for a place that never comes
          expect: { poll: { interval: 200 } }, // each look takes a browser's time from what it looks for
        },
      },
    ],
  },
})
