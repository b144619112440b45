import { describe, expect, it } from 'vitest'
import type { Ask } from '../../../agent/cli/ask-agent.ts'
import type { CliContext } from '../../../agent/cli/command.ts'
import { unlink } from '../../../agent/cli/unlink.ts'
import { unlinkReady } from '../../../agent/cli/unlink-ready.ts'

const context = (values: CliContext['values'], words: string[] = []): CliContext => ({
  ...{ folder: '/nowhere', values, words, prompt: null, now: () => 0 },
  out: { json: false, say: () => undefined, result: () => undefined },
})

describe('flags of unlink', () => {
  it.each<[string, CliContext['values'], string[], RegExp]>([
    ['all of it, in advance', { 'all-ready': true, 'when-gone': true }, [], /--when-gone cannot be said with --all-ready/],
    ['all of it, with children', { 'all-ready': true, 'with-children': true }, [], /--with-children cannot/],
    ['all of it, overridden', { 'all-ready': true, override: true, cancel: true }, [], /--override, --cancel cannot/],
    ['all of it, and a snapshot', { 'all-ready': true, snapshot: 'x.json' }, [], /--snapshot cannot/],
    ['a look at a snapshot', { look: true, snapshot: 'x.json' }, ['vendor:1'], /--look cannot be said with --snapshot/],
    ['a look in advance', { look: true, 'when-gone': true }, ['vendor:1'], /--look cannot be said with --when-gone/],
    ['in advance, and not', { cancel: true, 'when-gone': true }, ['vendor:1'], /--cancel cannot be said with --when-gone/],
    ['days without waiting', { days: '3' }, ['vendor:1'], /--days cannot be said with one record/],
    ['an override of a family', { override: true, 'with-children': true }, ['vendor:1'], /--override cannot be said with --with-children/],
  ])('%s: refused by name, before anything is asked', async (_, values, words, says) => {
    await expect(unlink.run(context(values, words))).rejects.toThrow(says)
  })

  it('--look stops at what is ready, though --yes is said too', async () => {
    const asked: string[] = []
    const forecast = { id: 'f', kind: 'ready', code: 'gone', params: {}, rests: null }
    const ask = (async (name: string) => {
      asked.push(name)
      return { links: [{ key: 'A', type: 'work-order-contract', id: '1', link: '1', forecast }], more: 0 }
    }) as unknown as Ask
    expect(await unlinkReady(context({ 'all-ready': true, look: true, yes: true }), ask)).toBe(0)
    expect(asked).toEqual(['readyUnlinks'])
  })
})
