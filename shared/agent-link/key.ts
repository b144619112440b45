/** The browser's own key: P-256, made here, never extractable, kept where only this extension reads. */
import type { Jwk } from '../pairing.ts'

/** What proofs are signed with; `jwk` is the public part. */
export type BrowserKey = { sign: CryptoKey; jwk: Jwk }

/** Where the key pair lives between starts. */
export type KeyStore = { read(): Promise<CryptoKeyPair | undefined>; write(pair: CryptoKeyPair): Promise<void> }

/** The key of this browser; made on first use. */
export async function openKey(store: KeyStore): Promise<BrowserKey> {
  const pair = (await store.read()) ?? (await newPair(store))
  const { x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  if (x === undefined || y === undefined) throw new Error('The stored key is no P-256 key.')
  return { sign: pair.privateKey, jwk: { kty: 'EC', crv: 'P-256', x, y } }
}

async function newPair(store: KeyStore): Promise<CryptoKeyPair> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify'])
  await store.write(pair)
  return pair
}

const table = 'keys'
const name = 'browser'

/** Keeps the pair in IndexedDB, which stores keys without ever showing them to a script. */
export function indexedDbKeys(factory: IDBFactory): KeyStore {
  const open = (): Promise<IDBDatabase> => {
    const request = factory.open('tieback', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(table)
    return settled(request)
  }
  return {
    async read() {
      const db = await open()
      const pair: unknown = await settled(db.transaction(table).objectStore(table).get(name))
      db.close()
      return isPair(pair) ? pair : undefined
    },
    async write(pair) {
      const db = await open()
      await settled(db.transaction(table, 'readwrite').objectStore(table).put(pair, name))
      db.close()
    },
  }
}

const isPair = (value: unknown): value is CryptoKeyPair => typeof value === 'object' && value !== null && 'privateKey' in value

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
