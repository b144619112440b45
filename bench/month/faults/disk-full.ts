import type { Fault } from './fault.ts'

/** Room for the telling, and for no file of the month. */
const sparedPages = 24

/** The database may not grow: SQLite answers as on a disk that is full, in the middle of a take. */
export const diskFull: Fault = {
  steps: ['file'],
  only: 'JCT_CURRENT__TRANSACTION.csv', // a vendor who moved needs no room
  says: 'disk-full',
  start(world) {
    const { raw } = world.office()
    const pages = Number(raw.prepare('pragma page_count').get()?.['page_count'])
    raw.exec('pragma incremental_vacuum')
    raw.exec(`pragma max_page_count = ${pages + sparedPages}`)
    return () => raw.exec('pragma max_page_count = 1073741823')
  },
}
