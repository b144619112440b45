import { randomBytes } from 'node:crypto'

/** What a proof's nonce and jti are worth: fine, an old or foreign nonce (ask again with a new one), or a replay. */
type Use = 'fine' | 'nonce' | 'jti'

export type Nonces = { current(): string; use(nonce: unknown, jti: string): Use }

/**
 * Two live nonces, so that clocks may differ. They are made anew with every start, so a proof of an earlier process is worth
 * nothing and the replay memory may be lost with it. Memory is bounded: a nonce that has served `uses` proofs is retired early.
 */
export function createNonces(now: () => number, { lifeMs = 120_000, uses = 20_000 } = {}): Nonces {
  const fresh = () => ({ nonce: randomBytes(16).toString('base64url'), madeAt: now(), seen: new Set<string>() })
  let newest = fresh()
  let older = fresh()
  const age = () => Math.abs(now() - newest.madeAt) // a clock set back retires nonces too
  const turn = () => {
    if (newest.seen.size < uses && age() < lifeMs) return
    older = age() < 2 * lifeMs ? newest : fresh()
    newest = fresh()
  }
  return {
    current() {
      turn()
      return newest.nonce
    },
    use(nonce, jti) {
      turn()
      const of = nonce === newest.nonce ? newest : nonce === older.nonce ? older : null
      if (!of || of.seen.size >= 2 * uses) return 'nonce'
      if (of.seen.has(jti)) return 'jti'
      of.seen.add(jti)
      return 'fine'
    },
  }
}
