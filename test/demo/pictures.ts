import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer'

const folder = fileURLToPath(new URL('../../demo-out', import.meta.url))

/** Leaves a picture of the page as it is now in `demo-out/`; answers where. */
export async function picture(page: Page, name: 'list' | 'detail' | 'toast' | 'failed' | 'german'): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path: path as `${string}.png` })
  return path
}
