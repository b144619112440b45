/** Which record ids were met: one bit each, so that a million cost 125 KB. */
export class IdSet {
  #bits = new Uint8Array(1024)
  size = 0

  has(id: number): boolean {
    return ((this.#bits[id >>> 3] ?? 0) & (1 << (id & 7))) !== 0
  }

  /** True when it was not in before. */
  add(id: number): boolean {
    if (this.has(id)) return false
    const byte = id >>> 3
    if (byte >= this.#bits.length) this.#grow(byte)
    this.#bits[byte] = (this.#bits[byte] as number) | (1 << (id & 7))
    this.size += 1
    return true
  }

  /** Every id, lowest first. */
  *ids(): Generator<number> {
    for (let byte = 0; byte < this.#bits.length; byte++) {
      for (let bit = 0, bits = this.#bits[byte] as number; bits !== 0; bit++, bits >>>= 1) if (bits & 1) yield byte * 8 + bit
    }
  }

  #grow(byte: number): void {
    const wider = new Uint8Array(Math.max(byte + 1, this.#bits.length * 2))
    wider.set(this.#bits)
    this.#bits = wider
  }
}
