/** Writes schema.sql, the latest schema as a whole: `npx node agent/ledger/schema/write-schema.ts`. */
import { writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { migrate, schemaText } from '../migrate.ts'

const raw = new DatabaseSync(':memory:')
await migrate(raw)
writeFileSync(new URL('schema.sql', import.meta.url), schemaText(raw))
