import { spawnSync } from 'node:child_process'
import { findBrowsers, howToInstall } from './find-browsers.ts'

/** Run before the browser tests: both browsers are there, or Debian's are installed (as root), or a person is told exactly what to do. */
function install(): number {
  if (!howToInstall(findBrowsers())) return 0
  if (process.platform === 'linux' && process.getuid?.() === 0) apt()
  const advice = howToInstall(findBrowsers())
  if (advice) console.error(advice)
  return advice ? 1 : 0
}

function apt(): void {
  const found = findBrowsers()
  const missing = [found.chromium ? '' : 'chromium', found.firefox ? '' : 'firefox-esr'].filter(Boolean)
  const run = (args: string[]): number | null =>
    spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status
  if (run(['update']) === 0) run(['install', '-y', '--no-install-recommends', ...missing])
}

process.exitCode = install()
