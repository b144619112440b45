/** The writer of a Tieback that knows one more step of the ledger than this one. */
import { migrations } from '../../agent/ledger/migrate.ts'

migrations['9999-newer'] = 'create table newer ( -- What only the newer version keeps.\n  id integer primary key\n) strict;\n'
await import('../../agent/writer.ts')
