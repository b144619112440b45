import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

export const root = normalize(join(dirname(fileURLToPath(import.meta.url)), '..', '..'))

/** Every file git knows or would take, below the top of the project. */
export const tracked = (): string[] =>
  [
    ...new Set(
      execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' }).split('\n'),
    ),
  ].filter((path) => path !== '' && exists(path))

const exists = (path: string): boolean => {
  try {
    readFileSync(join(root, path))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || (error as NodeJS.ErrnoException).code === 'EISDIR') return false
    throw error
  }
}

export const text = (path: string): string => readFileSync(join(root, path), 'utf8')

export const isSource = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')

/** What a file imports: packages by name, our own files by path from the top. */
export function importsOf(path: string): { from: string; typeOnly: boolean }[] {
  const parsed = parseSync(path, text(path))
  const found = parsed.module.staticImports.map((one) => ({
    from: one.moduleRequest.value,
    typeOnly: one.entries.length > 0 && one.entries.every((entry) => entry.isType),
  }))
  const again = parsed.module.staticExports.flatMap((one) =>
    one.entries.flatMap((entry) => (entry.moduleRequest ? [{ from: entry.moduleRequest.value, typeOnly: entry.isType }] : [])),
  )
  const late = parsed.module.dynamicImports.map((one) => ({
    from: text(path)
      .slice(one.moduleRequest.start, one.moduleRequest.end)
      .replace(/^['"]|['"]$/g, ''),
    typeOnly: false,
  }))
  return [...found, ...again, ...late].map((one) => ({
    ...one,
    from: one.from.startsWith('.') ? normalize(join(dirname(path), one.from)) : one.from,
  }))
}
