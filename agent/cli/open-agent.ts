import { mkdir } from 'node:fs/promises'
import { Jwk } from '../../shared/pairing.ts'
import { agentKey } from '../settings/agent-key.ts'
import { inFolder } from '../settings/data-folder.ts'
import { openSecrets } from '../settings/secrets.ts'
import { openSettings, type SettingsFile } from '../settings/settings.ts'
import { type Ask, askAgent } from './ask-agent.ts'
import { cliKey } from './cli-key.ts'
import { UsageFault } from './command.ts'

export type OpenAgent = { running: boolean; ask: Ask; settings: SettingsFile; close(): void }

/** The agent of a data folder: over loopback when it runs, else its ledger. Throws UsageFault when there is none yet. */
export async function openAgent(folder: string): Promise<OpenAgent> {
  const settings = await requireSettings(folder)
  const key = await cliKey(folder)
  const url = `http://127.0.0.1:${settings.data.listen.port}`
  if (await answers(url)) {
    const agent = Jwk.parse(publicPart(await agentKey(await openSecrets(folder, settings.data.credentials))))
    return { running: true, ask: askAgent({ url, key, agent }), settings, close: () => {} }
  }
  const { openQuietAgent } = await import('./quiet-agent.ts') // half of the agent: loaded only while it does not run
  const quiet = await openQuietAgent(inFolder(folder, settings.data.ledger), settings.data.name, key)
  return { running: false, ask: quiet.ask, settings, close: quiet.close }
}

export async function requireSettings(folder: string): Promise<SettingsFile> {
  const settings = await openSettings(folder)
  if (!settings) throw new UsageFault(`There is no agent in ${folder}. Make one with “tieback init”, or name its folder with --data.`)
  return settings
}

/** Whether something answers at the agent's port; whether it is the agent is told by its signature. */
export const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/health`, { signal: AbortSignal.timeout(2000) }).then(
    () => true,
    () => false,
  )

const publicPart = ({
  kty,
  crv,
  x,
  y,
}: {
  kty?: string | undefined
  crv?: string | undefined
  x?: string | undefined
  y?: string | undefined
}) => ({ kty, crv, x, y })

/** Makes the data folder, for its owner only. */
export const makeFolder = (folder: string): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 })
