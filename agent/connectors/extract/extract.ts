/** A folder of exports that the agent has made itself, by a program an admin has read and agreed to. What runs it is loaded by its first run. */
import type { Connector } from '../connector.ts'
import { folder } from '../folder/folder.ts'
import { type ExtractSettings, extractFault, extractOf, quietUntil } from './settings.ts'

export const extract: Connector<ExtractSettings> = {
  id: 'extract',
  fields: [
    ...folder.fields.filter(({ name }) => name !== 'originals'),
    {
      ...{ name: 'command', type: 'path', mandatory: true },
      default: 'C:\\Windows\\SysWOW64\\WindowsPowerShell\\v1.0\\powershell.exe',
    },
    { name: 'script', type: 'path', mandatory: false },
    { name: 'job', type: 'path', mandatory: true },
    { name: 'everyMinutes', type: 'number', mandatory: false, default: 60 },
    { name: 'limitMinutes', type: 'number', mandatory: false, default: 10 },
    { name: 'quietFrom', type: 'time', mandatory: false },
    { name: 'quietUntil', type: 'time', mandatory: false },
  ],
  fault: (settings) => folder.fault(settings) ?? extractFault(settings),
  asksEvery: (settings) => extractOf(settings).everyMinutes,
  heldUntil: (settings, now) => quietUntil(settings, now),
  program: async (settings) => (await import('./program.ts')).programOf(extractOf(settings)),
  test: async (settings) => [...(await folder.test(settings)), ...(await (await import('./try.ts')).tryJob(extractOf(settings)))],
  sample: (settings) => folder.sample(settings),
  start: async (settings, parts) => (await import('./start.ts')).startExtracting(extractOf(settings), parts),
}
