/** Asked over HTTP: the connector for an ERP somebody wrote a small web service for (docs/connector.md). What asks is loaded by the first question. */
import type { Connector } from '../connector.ts'
import { type HttpSettings, httpFault, httpOf } from './settings.ts'

export const http: Connector<HttpSettings> = {
  id: 'http',
  fields: [
    { name: 'url', type: 'url', mandatory: true },
    { name: 'key', type: 'secret', mandatory: true },
    { name: 'everyMinutes', type: 'number', mandatory: false, default: 60 },
    { name: 'wholeHours', type: 'number', mandatory: false, default: 24 },
    { name: 'keepDays', type: 'number', mandatory: false, default: 14 },
  ],
  fault: httpFault,
  asksEvery: (settings) => httpOf(settings).everyMinutes,
  test: async (settings, knows) => (await import('./try.ts')).tryConnector(httpOf(settings), knows),
  start: async (settings, parts) => (await import('./start.ts')).startAsking(httpOf(settings), parts),
}
