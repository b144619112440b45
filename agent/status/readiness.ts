/** What has to have happened before the agent is ready; each part reports its own. */
export type Readiness = { done(name: string): void; waiting(): readonly string[]; whenReady: Promise<void> }

export function createReadiness(names: readonly string[]): Readiness {
  const open = new Set(names)
  let ready = () => {}
  const whenReady = new Promise<void>((resolve) => {
    ready = resolve
  })
  if (open.size === 0) ready()
  return {
    done(name) {
      open.delete(name)
      if (open.size === 0) ready()
    },
    waiting: () => [...open],
    whenReady,
  }
}
