/** One piece of work at a time, in the order they came. */
export function inTurn(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const turn = last.then(work)
    last = turn.catch(() => undefined) // whoever asked is told; the next one's turn comes all the same
    return turn
  }
}
