import { copyFile, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'puppeteer'

const folder = fileURLToPath(new URL('../../demo-out', import.meta.url))
const ofReadme = fileURLToPath(new URL('../../docs/pictures/list.png', import.meta.url))
const mostBytes = 300 * 1024

/** Leaves a picture of the page as it is now in `demo-out/`; answers where. */
export async function picture(page: Page, name: 'list' | 'detail' | 'toast' | 'failed' | 'german'): Promise<string> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path: path as `${string}.png` })
  return path
}

/** Puts the list's picture where the README shows it. Throws when it is too large for that. */
export async function keepForReadme(list: string): Promise<void> {
  const { size } = await stat(list)
  if (size > mostBytes) throw new Error(`${list} has ${size} bytes; the README’s picture may have ${mostBytes}.`)
  await mkdir(join(ofReadme, '..'), { recursive: true })
  await copyFile(list, ofReadme)
}
