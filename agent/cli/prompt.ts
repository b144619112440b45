import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { Prompt } from './command.ts'

/** Asks at the terminal; what is typed for a secret is not shown. Null where there is no terminal. */
export function openPrompt(): Prompt | null {
  if (!process.stdin.isTTY) return null
  let hidden = false
  const output = new Writable({
    write(chunk, encoding, done) {
      if (!hidden) process.stderr.write(chunk, encoding)
      done()
    },
  })
  const lines = createInterface({ input: process.stdin, output, terminal: true })
  return {
    async ask(question, usual) {
      const answer = await lines.question(usual === undefined ? `${question}: ` : `${question} [${usual}]: `)
      return answer.trim() || (usual ?? '')
    },
    async askSecret(question) {
      process.stderr.write(`${question}: `)
      hidden = true
      const answer = await lines.question('')
      hidden = false
      process.stderr.write('\n')
      return answer.trim()
    },
    close: () => lines.close(),
  }
}
