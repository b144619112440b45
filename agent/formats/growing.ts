/** A list of 32-bit numbers that grows without ever copying itself: a million lines must not need twice their memory. */
const blockBits = 16
const blockLength = 1 << blockBits
const inBlock = blockLength - 1

export class Growing {
  length = 0
  readonly #blocks: Uint32Array[] = []

  push(value: number): void {
    if ((this.length & inBlock) === 0) this.#blocks.push(new Uint32Array(blockLength))
    this.set(this.length++, value)
  }

  get(index: number): number {
    return (this.#blocks[index >>> blockBits] as Uint32Array)[index & inBlock] as number
  }

  set(index: number, value: number): void {
    ;(this.#blocks[index >>> blockBits] as Uint32Array)[index & inBlock] = value
  }
}
