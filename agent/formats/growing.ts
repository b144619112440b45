/** A list of 32-bit numbers that grows without ever copying itself: a million lines must not need twice their memory. */
const blockLength = 1 << 16

export class Growing {
  length = 0
  readonly #blocks: Uint32Array[] = []

  push(value: number): void {
    if (this.length % blockLength === 0) this.#blocks.push(new Uint32Array(blockLength))
    this.set(this.length++, value)
  }

  get(index: number): number {
    return (this.#blocks[(index / blockLength) | 0] as Uint32Array)[index % blockLength] as number
  }

  set(index: number, value: number): void {
    ;(this.#blocks[(index / blockLength) | 0] as Uint32Array)[index % blockLength] = value
  }
}
