import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inTurn } from '../../shared/in-turn.ts'
import { readIfThere, writeFlushed } from './flushed-file.ts'
import { type Settings, SettingsFault } from './settings.ts'

/** Credentials by name, encrypted at rest. Values are never logged and never leave this agent but to whom they belong. */
export type Secrets = {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
  delete(name: string): Promise<void>
}

/** Opens the store the settings name. Linux keeps to the file: its key stores need a session or forget at a restart. */
export const openSecrets = (folder: string, kind: Settings['credentials']): Promise<Secrets> =>
  kind === 'os' ? osSecrets(folder) : fileSecrets(folder)

/** The operating system's store (Windows Credential Manager, macOS Keychain); entries are told apart by data folder. */
async function osSecrets(folder: string): Promise<Secrets> {
  const { AsyncEntry } = await import('@napi-rs/keyring')
  const entry = (name: string) => new AsyncEntry(`tieback ${folder}`, name)
  return inPieces({
    get: async (name) => (await entry(name).getPassword()) ?? null,
    set: (name, value) => entry(name).setPassword(value),
    async delete(name) {
      await entry(name).deletePassword()
    },
  })
}

/** Windows keeps 2,560 bytes in one entry, two of them for each character (CRED_MAX_CREDENTIAL_BLOB_SIZE): what is longer goes on in further ones. */
const pieceLength = 1_200
const inFurther = 'tieback pieces: '

/** The same store, for values of any length. */
export function inPieces(store: Secrets): Secrets {
  const piece = (name: string, n: number): string => `${name} piece ${n}`
  const piecesOf = async (name: string): Promise<string[] | null> => {
    const head = await store.get(name)
    if (!head?.startsWith(inFurther)) return null
    return Array.from({ length: Number(head.slice(inFurther.length)) }, (_, n) => piece(name, n))
  }
  const drop = async (name: string): Promise<void> => {
    for (const one of (await piecesOf(name)) ?? []) await store.delete(one)
  }
  return {
    async get(name) {
      const pieces = await piecesOf(name)
      if (pieces === null) return store.get(name)
      const found: (string | null)[] = []
      for (const one of pieces) found.push(await store.get(one))
      return found.includes(null) ? null : found.join('')
    },
    async set(name, value) {
      await drop(name)
      if (value.length <= pieceLength) return store.set(name, value)
      const count = Math.ceil(value.length / pieceLength)
      for (let n = 0; n < count; n++) await store.set(piece(name, n), value.slice(n * pieceLength, (n + 1) * pieceLength))
      await store.set(name, inFurther + count)
    },
    async delete(name) {
      await drop(name)
      await store.delete(name)
    },
  }
}

type Sealed = Record<string, { nonce: string; tag: string; text: string }>

/** AES-256-GCM under a key file only this user may read; the name is sealed in, so that values cannot be swapped. */
async function fileSecrets(folder: string): Promise<Secrets> {
  const key = await keyIn(join(folder, 'secrets.key'))
  const path = join(folder, 'secrets.json')
  const read = async (): Promise<Sealed> => JSON.parse((await readIfThere(path)) ?? '{}') as Sealed
  const turn = inTurn() // each begins with what the one before it wrote
  const change = (to: (sealed: Sealed) => Sealed) => turn(async () => writeFlushed(path, `${JSON.stringify(to(await read()), null, 2)}\n`))
  return {
    async get(name) {
      const sealed = (await read())[name]
      return sealed ? open(key, name, sealed) : null
    },
    set: (name, value) => change((sealed) => ({ ...sealed, [name]: seal(key, name, value) })),
    delete: (name) => change(({ [name]: _, ...rest }) => rest),
  }
}

function seal(key: Buffer, name: string, value: string): Sealed[string] {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return { nonce: nonce.toString('base64'), tag: cipher.getAuthTag().toString('base64'), text: text.toString('base64') }
}

function open(key: Buffer, name: string, { nonce, tag, text }: Sealed[string]): string {
  const bytes = (part: string) => Buffer.from(part, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(nonce)).setAAD(Buffer.from(name)).setAuthTag(bytes(tag))
  try {
    return Buffer.concat([decipher.update(bytes(text)), decipher.final()]).toString('utf8')
  } catch (cause) {
    throw new SettingsFault(
      `The credential “${name}” cannot be opened with this secrets.key. Restore both from one backup, or enter it again.`,
      { cause },
    )
  }
}

async function keyIn(path: string): Promise<Buffer> {
  const there = await readFile(path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? null : Promise.reject(error))) // none yet: made below
  if (there === null) {
    const made = randomBytes(32)
    await writeFlushed(path, made)
    return made
  }
  if (there.length !== 32) throw new SettingsFault(`${path} is damaged. Restore it from a backup.`)
  await refuseIfShared(path)
  return there
}

/** Windows keeps rights in lists, which the folder's own rights decide. */
async function refuseIfShared(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) throw new SettingsFault(`${path} can be read by others. Take their rights away: chmod 600 ${path}`)
}
