import { type Fault, over } from './fault.ts'

/** One field of 10 MB, as a missing quote makes it: its line is told and waits, the others go. */
export const fieldTooLong: Fault = {
  steps: ['file'],
  says: 'row-too-long',
  async start(_world, _chance, file) {
    if (file === null) throw new Error('It strikes at a file.')
    const end = file.bytes.lastIndexOf('\n', file.bytes.length - 2) + 1
    const long = Buffer.concat([file.bytes.subarray(0, end), Buffer.alloc(10_000_000, 'x'), file.bytes.subarray(end)])
    await file.take(long, null)
    return over
  },
}
