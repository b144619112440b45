import { zipBomb as bomb } from '../../../test/support/zip-bomb.ts'
import { type Fault, over } from './fault.ts'

/** A small workbook that unpacks to more than memory should hold, under the name of the day's export. */
export const zipBomb: Fault = {
  steps: ['file'],
  says: 'file-too-large',
  async start(_world, _chance, file) {
    if (file === null) throw new Error('It strikes at a file.')
    await file.take(bomb(file.bytes), null)
    return over
  },
}
