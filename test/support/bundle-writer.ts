import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Where agents started in a test find the writer's code; the sources where it is not set. */
export const writerVariable = 'TIEBACK_TEST_WRITER'

/** The writer bundled once for all tests of a run: each agent they start has a thread of its own, which is there in a third of the work (measured 2026-11). */
export default async function bundleWriter(): Promise<() => Promise<void>> {
  const { rolldown } = await import('rolldown')
  const dir = join(import.meta.dirname, '../../node_modules/.cache/writer', String(process.pid))
  const bundle = await rolldown({
    input: { writer: 'agent/writer.ts' },
    platform: 'node',
    external: ['@napi-rs/keyring'],
    logLevel: 'warn',
  })
  await bundle.write({ dir, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js', sourcemap: true })
  await bundle.close()
  process.env[writerVariable] = join(dir, 'writer.js')
  return () => rm(dir, { recursive: true, force: true })
}
