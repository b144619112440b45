/** Files that are not what they should be: each is told, and the good one that follows ends it. */
import { type Fault, over, type Struck } from './fault.ts'

const day = 24 * 3_600_000

const coming = (says: Fault['says'], come: (file: Struck) => Promise<unknown>): Fault => ({
  ...{ steps: ['file'], says },
  async start(_world, _chance, file) {
    if (file !== null) await come(file)
    return over
  },
})

/** Cut off in the middle of a line. */
export const cutOff = coming('file-half', ({ take, bytes }) => take(bytes.subarray(0, bytes.length - 40), null))

/** Its manifest counts a row it does not hold. */
export const miscounted = coming('manifest-mismatch', ({ take, bytes, rows }) => take(bytes, rows + 1))

/** One amount nobody can read: its row waits, the others go. */
export const amountSpoiled: Fault = {
  ...coming('amount-unreadable', ({ take, bytes }) => take(spoiled(bytes), null)),
  only: 'JCT_CURRENT__TRANSACTION.csv',
}

/** The last field of the second line that looks like an amount, with a letter in it. */
function spoiled(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1')
  const second = text.indexOf('\n') + 1
  return Buffer.from(text.slice(0, second) + text.slice(second).replace(/,(-?\d+)\.(\d)(\d)(?=,)/, ',$1.O$3'), 'latin1')
}

/** Yesterday's file, exported once more beside today's: a person would have to say that it counts. */
export const older = coming('file-older', async ({ take, bytes, rows }) => {
  await take(bytes, rows)
  await take(Buffer.concat([bytes, Buffer.from('\r\n')]), rows, day)
})
