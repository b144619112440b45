import { defineConfig } from 'vitest/config'

const quick = [
  'test/structure/**/*.test.ts',
  'test/shared/**/*.test.ts',
  'test/agent/**/*.test.ts',
  'test/extension/**/*.test.{ts,tsx}',
  'test/procore/**/*.test.ts',
]

// Three projects: quick (no browser), flow (whole journeys against the stand-in), browser (real Chromium and Firefox).
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      { extends: true, test: { name: 'quick', include: quick, testTimeout: 20_000 } },
      {
        extends: true,
        test: { name: 'flow', include: ['test/flow/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 2, // much of it is waiting: for a browser to fall asleep, for a place that never comes
        },
      },
    ],
  },
})
