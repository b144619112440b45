import { defineConfig } from 'rolldown'

/**
 * The agent as it is shipped: two files, everything inside but the native key store. Bundled, it starts in a third of the time
 * and takes 30 MB less memory than loose modules (measured 2026-11).
 */
export default defineConfig({
  input: { tieback: 'agent/cli/index.ts', writer: 'agent/writer.ts' },
  platform: 'node',
  external: ['@napi-rs/keyring'],
  output: { dir: 'build/agent', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name].js', minify: true, sourcemap: true },
})
