import { expect, it } from 'vitest'
import { whoAmI } from '../../../agent/procore/companies.ts'
import { procoreDoors } from '../../../agent/procore/door.ts'
import { basesOf } from '../../../agent/procore/settings.ts'
import { practiceClient } from '../../procore/options.ts'
import { startStandIn } from '../../procore/stand-in.ts'
import { quickClock } from './open-door.ts'

it('gives two connections of one company one token and one budget', async () => {
  const standIn = await startStandIn()
  const doors = procoreDoors({ fetch, clock: quickClock() })
  const settings = {
    company: String(standIn.company.id),
    clientId: practiceClient.id,
    secret: () => practiceClient.secret,
    apiBase: standIn.url,
    loginBase: standIn.url,
  }
  const [one, two] = [doors.doorFor(settings), doors.doorFor({ ...settings })]
  await whoAmI(one)
  await whoAmI(two)
  expect(standIn.requests.filter((request) => request.path === '/oauth/token')).toHaveLength(1)
  expect(two.rate.left()).toEqual(one.rate.left())
  await standIn.close()
})

it('knows the addresses of each environment', () => {
  expect(basesOf('production')).toEqual({ apiBase: 'https://api.procore.com', loginBase: 'https://login.procore.com' })
  expect(basesOf('sandbox').apiBase).toBe('https://sandbox.procore.com')
  expect(basesOf('custom', { apiBase: 'http://127.0.0.1:1234/', loginBase: 'http://127.0.0.1:1234' }).apiBase).toBe('http://127.0.0.1:1234')
  expect(() => basesOf('custom', { apiBase: 'no address', loginBase: 'x' })).toThrow()
})
