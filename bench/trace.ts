/** Reads a Chromium trace: how much scripts of one origin worked, and which long tasks they were part of. Pure. */
type Frame = { id: number; parent?: number; callFrame: { url?: string; functionName: string } }
export type TraceEvent = {
  name: string
  ph: string
  pid: number
  tid: number
  /** µs; `dur` by the wall, `tdur` of the thread's own CPU time. */
  ts: number
  dur?: number
  tdur?: number
  id?: string
  args: {
    data?: {
      cpuProfile?: { nodes?: Frame[]; samples?: number[] }
      timeDeltas?: number[]
      startTime?: number
      url?: string
      functionName?: string
    }
  }
}

export type Share = {
  /** CPU time of our functions themselves; with the browser's own functions they call; and that by the wall, which grows with whatever else runs. */
  selfMs: number
  withNativeMs: number
  wallMs: number
  /** Tasks above 50 ms of CPU with one of our functions on the stack, and which. */
  longTasks: { cpuMs: number; oursMs: number; functions: string[] }[]
  byFunction: Record<string, number>
}

/** A task of more CPU time than this is long. */
export const longMs = 50
const TASK = 'RunTask'

/**
 * Ours is the time in which the innermost function with a script of its own is one of `origin`'s. Chromium takes samples at fixed times and, beside
 * those, where its own events begin: a sample speaks for the time until the next one, but never beyond the end of its task.
 */
export function shareOf(events: readonly TraceEvent[], origin: string): Share {
  const samples = samplesOf(events, origin)
  const tasks = events.filter(({ name, ph }) => name === TASK && ph === 'X').toSorted((a, b) => a.ts - b.ts)
  const share: Share = { selfMs: 0, withNativeMs: 0, wallMs: 0, longTasks: [], byFunction: {} }
  for (const [thread, own] of Map.groupBy(samples, ({ thread }) => thread)) {
    const theirs = tasks.filter(({ pid, tid }) => `${pid}/${tid}` === thread)
    for (const { task, inside } of joined(theirs, own)) addTask(share, task, inside)
  }
  return share
}

function addTask(share: Share, task: TraceEvent, inside: Sample[]): void {
  const cpu = (task.tdur ?? task.dur ?? 0) / Math.max(1, task.dur ?? 1) // the rest of the task's time the machine did something else
  let wallUs = 0
  for (const { inner, native, name, at, deltaUs } of inside) {
    if (!inner) continue
    const us = Math.min(deltaUs, endOf(task) - at)
    wallUs += us
    share.withNativeMs += (us * cpu) / 1000
    if (!native) share.selfMs += (us * cpu) / 1000
    share.byFunction[name] = (share.byFunction[name] ?? 0) + (us * cpu) / 1000
  }
  share.wallMs += wallUs / 1000
  if ((task.tdur ?? task.dur ?? 0) <= longMs * 1000) return
  const functions = [...new Set(inside.map(({ name }) => name))]
  share.longTasks.push({ cpuMs: (task.tdur ?? 0) / 1000, oursMs: (wallUs * cpu) / 1000, functions })
}

/** Each task with the samples that fell into it. Both in order of time. */
function joined(tasks: readonly TraceEvent[], samples: readonly Sample[]): { task: TraceEvent; inside: Sample[] }[] {
  const found = new Map<TraceEvent, Sample[]>()
  let at = 0
  for (const sample of samples.toSorted((a, b) => a.at - b.at)) {
    while (at < tasks.length && endOf(tasks[at]) < sample.at) at += 1
    const task = tasks[at]
    if (task && task.ts <= sample.at) found.set(task, [...(found.get(task) ?? []), sample])
  }
  return [...found].map(([task, inside]) => ({ task, inside }))
}

const endOf = (task: TraceEvent | undefined): number => (task ? task.ts + (task.dur ?? 0) : 0)

type Sample = { thread: string; at: number; deltaUs: number; inner: boolean; native: boolean; name: string }

/**
 * Every sample with one of our functions on its stack, and, as a sample of no length, every call the browser made into ours: none is too short to
 * be seen. Profiles come in chunks, each with the nodes it adds.
 */
function samplesOf(events: readonly TraceEvent[], origin: string): Sample[] {
  const profiles = new Map<string, { nodes: Map<number, Frame>; clock: number; thread: string }>()
  const found: Sample[] = []
  for (const { name, pid, tid, id, args, ts } of events) {
    const called = name === 'FunctionCall' && args.data?.url?.startsWith(origin)
    if (called)
      found.push({ thread: `${pid}/${tid}`, at: ts, deltaUs: 0, inner: false, native: false, name: args.data?.functionName ?? '' })
    const key = `${pid}/${id}`
    if (name === 'Profile') profiles.set(key, { nodes: new Map(), clock: args.data?.startTime ?? ts, thread: `${pid}/${tid}` })
    const profile = name === 'ProfileChunk' ? profiles.get(key) : undefined
    if (!profile) continue
    for (const node of args.data?.cpuProfile?.nodes ?? []) profile.nodes.set(node.id, node)
    const deltas = args.data?.timeDeltas ?? []
    for (const [n, sample] of (args.data?.cpuProfile?.samples ?? []).entries()) {
      profile.clock += deltas[n] ?? 0
      const stack = stackOf(profile.nodes, sample)
      if (!stack.some(({ callFrame }) => callFrame.url?.startsWith(origin))) continue
      const inner = stack.find(({ callFrame }) => callFrame.url)
      const ours = inner?.callFrame.url?.startsWith(origin) ?? false
      const deltaUs = deltas[n + 1] ?? deltas[n] ?? 0
      found.push({
        thread: profile.thread,
        at: profile.clock,
        deltaUs,
        inner: ours,
        native: stack[0] !== inner,
        name: inner?.callFrame.functionName ?? '',
      })
    }
  }
  return found
}

function stackOf(nodes: ReadonlyMap<number, Frame>, leaf: number): Frame[] {
  const stack: Frame[] = []
  for (let node = nodes.get(leaf); node; node = node.parent === undefined ? undefined : nodes.get(node.parent)) stack.push(node)
  return stack
}
