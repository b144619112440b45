/**
 * Looks at what is already there, then watches. Our own scan decides; events only make it come sooner, and only on a local disk. An empty or
 * lost folder says nothing about records: a file that is not there is never told to anyone.
 */
import { setTimeout } from 'node:timers/promises'
import { watch as chokidar, type FSWatcher } from 'chokidar'
import { type Problem, problem } from '../../../shared/problem.ts'
import type { ConnectorParts } from '../connector.ts'
import { lookAtEnding } from './ending.ts'
import { isIgnored } from './ignore.ts'
import { codeOf, type Listing, listLocal, listShare, pathIn, seenAt } from './list-folder.ts'
import { belongs, type Companion, companionOf } from './manifest.ts'
import type { Folder } from './settings.ts'
import { isSettled, look, lookEveryMs, quietFor, type Rest, type Seen, sameSeen } from './settle.ts'
import { type Taken, takeFile } from './take-file.ts'
import { Wake } from './wake.ts'

/** What is known of one file name. */
type Known = {
  rest: Rest
  companion: Companion | null
  /** What it looked like when it was last taken, companion included. */
  taken: { seen: Seen; companion: Seen | null } | null
  /** In the queue or being taken. */
  queued: boolean
  /** Not before this time again, after trouble; and how often in a row it came to that. */
  notBefore: number
  failures: number
  /** What was told about it and is not over. */
  trouble: Problem['code'] | null
}

const longestWaitMs = 600_000

/** A file name met for the first time. */
const unmet = { taken: null, queued: false, notBefore: 0, failures: 0, trouble: null }

/** How a file and its companion look, as text that outlives a restart. */
const metAs = (file: Seen, companion: Seen | null): string =>
  JSON.stringify([file, companion].map((one) => one && [one.size, one.mtimeMs, one.ctimeMs, one.ino]))

/** Taken by an agent before this one, and untouched since: it is not read again. */
const takenAs = (met: string | null, seen: Seen, companion: Companion | null): Known['taken'] =>
  met === metAs(seen, companion?.seen ?? null) ? { seen, companion: companion?.seen ?? null } : null

export class FolderWatch {
  readonly #folder: Folder
  readonly #parts: ConnectorParts
  readonly #known = new Map<string, Known>()
  readonly #wake = new Wake()
  #scanning: Promise<void> | null = null
  #scanBegan = 0
  #settling: Promise<void> | null = null
  #queue: Promise<void> = Promise.resolve()
  #inQueue = 0
  #linksTold = new Set<string>()
  #unreachable = false

  constructor(folder: Folder, parts: ConnectorParts) {
    this.#folder = folder
    this.#parts = parts
  }

  /** Resolves after the first listing; then goes on by itself until the signal. */
  async start(): Promise<void> {
    const { signal } = this.#parts
    const hints = this.#folder.share ? null : this.#hints()
    signal.addEventListener('abort', () => void this.#stop(hints), { once: true })
    // A dead share must not keep the agent from starting; its loop says what is wrong.
    await (this.#folder.share ? Promise.race([this.scan(), this.#wake.wait(this.#folder.quietMs, signal)]) : this.scan())
    void this.#run()
  }

  /** One look at the folder; a second call while one is under way joins it, so a dead share is waited for once. */
  scan(): Promise<void> {
    if (this.#scanning === null) {
      this.#scanBegan = this.#parts.now()
      this.#scanning = this.#scanOnce().finally(() => {
        this.#scanning = null
      })
    }
    return this.#scanning
  }

  /** Lists at once and resolves when everything that was at rest by then is taken. */
  async checkNow(): Promise<void> {
    // A look under way may have listed before whatever made the caller ask.
    await this.#scanning
    await this.scan()
    await this.#queue
  }

  /** As checkNow, and waits for what still has to come to rest. A folder that is lost holds nothing to wait for. */
  async readWaiting(): Promise<void> {
    if (this.#unreachable) return
    await this.checkNow()
    if (!this.#isSettling()) return
    // One wait for all who ask: a file that never comes to rest would else be waited for once more with every question.
    this.#settling ??= this.#untilSettled().finally(() => {
      this.#settling = null
    })
    await this.#settling
  }

  async #untilSettled(): Promise<void> {
    while (!this.#parts.signal.aborted && this.#isSettling()) {
      await setTimeout(lookEveryMs(this.#folder.quietMs))
      await this.checkNow()
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#parts
    while (!signal.aborted) {
      await this.#wake.wait(this.#waitMs(), signal)
      if (signal.aborted) return
      if (this.#folder.share) this.#scanShare()
      else await this.scan()
    }
  }

  /** A share that hangs keeps its one scan waiting; the loop tells so and goes on. */
  #scanShare(): void {
    if (this.#scanning === null) void this.scan()
    else if (this.#parts.now() - this.#scanBegan >= this.#folder.scanMs) this.#lost('ETIMEDOUT')
  }

  /** Soon while something settles, else at the scan interval. */
  #waitMs(): number {
    return this.#isSettling() ? Math.min(lookEveryMs(this.#folder.quietMs), this.#folder.scanMs) : this.#folder.scanMs
  }

  /** Something lies there that is not taken, and neither failed nor waits its turn. */
  #isSettling(): boolean {
    const now = this.#parts.now()
    return [...this.#known.values()].some((one) => !one.queued && !this.#isTaken(one) && one.rest.seen.size > 0 && one.notBefore <= now)
  }

  async #scanOnce(): Promise<void> {
    const listing = await this.#list()
    if (listing === null || this.#parts.signal.aborted) return
    const names = [...listing.files.keys()].filter((name) => !isIgnored(name))
    for (const name of this.#known.keys()) if (!listing.files.has(name)) this.#known.delete(name)
    for (const name of names) this.#see(name, listing.files.get(name) as Seen, companionOf(name, listing))
    for (const name of listing.links) this.#refuseLink(name)
    await Promise.all(names.map((name) => this.#enqueueIfSettled(name)))
  }

  async #list(): Promise<Listing | null> {
    try {
      const listing = this.#folder.share ? await listShare(this.#folder.path) : listLocal(this.#folder.path)
      if (this.#unreachable) this.#parts.onTroubleOver('folder-unreachable')
      this.#unreachable = false
      return listing
    } catch (error) {
      this.#lost(codeOf(error))
      return null
    }
  }

  /** Told once; nothing known is forgotten and nothing is taken for deleted. */
  #lost(reason: string): void {
    if (this.#unreachable) return
    this.#unreachable = true
    const when = new Date(this.#parts.now() + this.#folder.scanMs).toISOString()
    this.#parts.onTrouble(problem('folder-unreachable', { folder: this.#folder.path, reason, when }))
  }

  #see(name: string, seen: Seen, companion: Companion | null): void {
    const known = this.#known.get(name)
    const rest = look(known?.rest ?? null, seen, this.#parts.now())
    const path = pathIn(this.#folder.path, name)
    // What lay there when the agent started and was taken before is no news; should it have changed meanwhile, taking it tells.
    const last = known === undefined ? this.#parts.lastTaken(path) : null
    if (rest.looks === 1 && last === null) this.#parts.onSeen(path, seen.size)
    if (known) Object.assign(known, { rest, companion })
    else this.#known.set(name, { ...unmet, rest, companion, taken: takenAs(last?.met ?? null, seen, companion) })
  }

  #isTaken({ taken, rest, companion }: Known): boolean {
    if (taken === null || !sameSeen(taken.seen, rest.seen)) return false
    return companion === null ? taken.companion === null : taken.companion !== null && sameSeen(taken.companion, companion.seen)
  }

  async #enqueueIfSettled(name: string): Promise<void> {
    const known = this.#known.get(name)
    if (known === undefined || known.queued || this.#isTaken(known) || this.#parts.now() < known.notBefore) return
    if (!this.#saidDone(known) && !(await this.#restsLongEnough(name, known))) return
    known.queued = true
    this.#inQueue += 1
    this.#queue = this.#queue.then(() => this.#take(name, known))
  }

  /** A companion that belongs to this very file beats the waiting. */
  #saidDone({ companion, rest }: Known): boolean {
    return companion !== null && rest.seen.size > 0 && belongs(companion, rest.seen, this.#folder.quietMs)
  }

  async #restsLongEnough(name: string, { rest }: Known): Promise<boolean> {
    if (!isSettled(rest, this.#folder.quietMs)) return false
    // Held for a moment is normal; held for long is trouble, and taking it will say which.
    const ending = await lookAtEnding(pathIn(this.#folder.path, name))
    return isSettled(rest, quietFor(ending, this.#folder.quietMs))
  }

  async #take(name: string, known: Known): Promise<void> {
    const { signal } = this.#parts
    this.#inQueue -= 1
    if (signal.aborted) return
    if (known.companion !== null) known.companion.seen = await this.#asItIsNow(known.companion)
    const companion = known.companion !== null && this.#saidDone(known) ? known.companion : null
    const seenCompanion = known.companion?.seen ?? null
    const lastSize = known.taken?.seen.size ?? null
    const {
      next,
      seen,
      known: isKnown,
      trouble,
    } = await takeFile(this.#folder, this.#parts, { name, companion, lastSize, tries: known.failures })
    known.queued = false
    this.#tell(known, trouble)
    if (seen !== null) known.taken = { seen, companion: seenCompanion }
    if (seen !== null && isKnown) this.#parts.onMet(pathIn(this.#folder.path, name), metAs(seen, seenCompanion))
    this.#postpone(known, next)
    // One look after the last of them: a look after each would make a full folder cost its square.
    if (next === 'again' || this.#inQueue === 0) this.#wake.now()
  }

  /** It may have been written on while its file was in the queue: what counts is how it looks when it is read. Out of reach: as it was listed. */
  async #asItIsNow({ name, seen }: Companion): Promise<Seen> {
    return (await seenAt(pathIn(this.#folder.path, name)).catch(() => null)) ?? seen
  }

  /** Opens trouble with a file, and closes it when no file has it any more. */
  #tell(known: Known, trouble: Problem | null): void {
    const over = known.trouble
    known.trouble = trouble?.code ?? null
    if (trouble) this.#parts.onTrouble(trouble)
    if (over !== null && ![...this.#known.values()].some((one) => one.trouble === over)) this.#parts.onTroubleOver(over)
  }

  /** After trouble at the next scan, then less and less often; a changed file is looked at afresh all the same once that time is over. */
  #postpone(known: Known, next: Taken): void {
    known.failures = next === 'later' ? known.failures + 1 : 0
    const waitMs = Math.min(this.#folder.scanMs * 2 ** (known.failures - 1), Math.max(this.#folder.scanMs, longestWaitMs))
    known.notBefore = known.failures === 0 ? 0 : this.#parts.now() + waitMs
  }

  /** A link may lead anywhere; what it leads to is not in the folder an admin chose. */
  #refuseLink(name: string): void {
    if (this.#linksTold.has(name)) return
    this.#linksTold.add(name)
    this.#parts.onTrouble(problem('file-unreadable', { file: name, reason: 'link' }, { file: name }))
  }

  #hints(): FSWatcher {
    const { path } = this.#folder
    const look = (): void => this.#wake.soon()
    // The folder alone is watched: it tells of its files too, and a watcher for each of them would cost more than all else at rest.
    const hints = chokidar(path, {
      depth: 0,
      ignoreInitial: true,
      followSymlinks: false,
      atomic: false,
      ignored: (found) => found !== path,
    })
    // An event says only “look”; what happened is for the scan to say. Ready: what came while it set itself up was told to nobody.
    // A watcher in trouble leaves the scan as it is.
    return hints.on('raw', look).on('all', look).on('ready', look).on('error', look)
  }

  async #stop(hints: FSWatcher | null): Promise<void> {
    this.#wake.now()
    await hints?.close()
  }
}
