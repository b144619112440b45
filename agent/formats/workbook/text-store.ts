/** Many texts held as their bytes beside the heap: a writer's heap is bounded, and a workbook may name each of a million texts once. */
export class TextStore {
  #bytes = Buffer.allocUnsafeSlow(1 << 16)
  #ends = new Uint32Array(1 << 10)
  #count = 0
  #used = 0

  add(text: string): void {
    const most = this.#used + text.length * 3
    if (most > this.#bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(most, this.#bytes.length * 2))
      this.#bytes.copy(wider, 0, 0, this.#used)
      this.#bytes = wider
    }
    if (this.#count === this.#ends.length) {
      const longer = new Uint32Array(this.#count * 2)
      longer.set(this.#ends)
      this.#ends = longer
    }
    this.#used += this.#bytes.write(text, this.#used)
    this.#ends[this.#count++] = this.#used
  }

  /** The text added as number `index`, from 0. */
  get(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined
    return this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index])
  }
}
