// A connector in 60 lines: gives the vendors of a table kept as JSON. KEY=… PORT=4720 TABLE=vendors.json node connector.mjs
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'

const { KEY = '', PORT = '4720', TABLE = 'vendors.json' } = process.env
const pageRows = 500
const fields = ['vendor', 'name', 'city']

/** Rows as the ERP has them: `changed` rises with every change of a row. */
const rows = async () => JSON.parse(await readFile(TABLE, 'utf8'))

/** Amounts and dates are text; a value the ERP does not have is null, never left to guess. */
const told = (row) => ({ vendor: row.code, name: row.name, city: row.city ?? null })

const operations = {
  describe: async () => ({ protocol: 1, name: 'Vendor table', entities: [{ entity: 'vendors', fields }] }),

  test: async () => {
    try {
      await rows()
      return { ok: true }
    } catch (error) {
      return { ok: false, says: error.message }
    }
  },

  /** `since` null asks for all; the page says where in the list it begins. */
  read: async ({ entity, since, page }) => {
    if (entity !== 'vendors') throw new Error(`There are no ${entity} here.`)
    const all = await rows()
    const wanted = since === null ? all : all.filter(({ changed }) => changed > Number(since))
    const from = Number(page ?? 0)
    const part = wanted.slice(from, from + pageRows)
    const asOf = new Date().toISOString()
    if (from + pageRows < wanted.length) return { asOf, rows: part.map(told), page: String(from + pageRows) }
    const cursor = String(Math.max(Number(since ?? 0), ...all.map(({ changed }) => changed)))
    return { asOf, rows: part.map(told), page: null, cursor, complete: since === null, total: wanted.length }
  },
}

const server = createServer(async (request, reply) => {
  const say = (status, body) => reply.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  if (request.headers.authorization !== `Bearer ${KEY}` || KEY === '') return say(401, { says: 'Another key is wanted.' })
  const operation = operations[request.url.split('/').at(-1)]
  if (request.method !== 'POST' || !operation) return say(404, { says: 'There is no such operation.' })
  try {
    const text = (await request.toArray()).join('')
    say(200, await operation(JSON.parse(text || '{}')))
  } catch (error) {
    say(500, { says: error.message })
  }
})

server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${server.address().port}`))
