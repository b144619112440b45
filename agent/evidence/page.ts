/** The page for an auditor: printed as it is, without a script, without anything from elsewhere. Pure. */
import type { Words } from '../../shared/words/languages.ts'
import { say } from '../../shared/words/say.ts'
import { html, type Markup, type Piece } from './markup.ts'

/** Holds also once the page lies in a folder, where no server sends headers. */
const policy = "default-src 'none'; style-src 'unsafe-inline'"

const style = `
body { font: 10pt/1.4 system-ui, sans-serif; color: #111; margin: 2em auto; max-width: 60em; padding: 0 1em }
h1 { font-size: 16pt; margin: 0 } h2 { font-size: 12pt; margin: 1.6em 0 .4em; border-bottom: 1px solid #999 }
table { border-collapse: collapse; width: 100% } table + table { margin-top: .8em } th, td { text-align: left; vertical-align: top; padding: .2em .6em .2em 0; border-bottom: 1px solid #ddd }
td { unicode-bidi: isolate; overflow-wrap: anywhere } .number { text-align: right; font-variant-numeric: tabular-nums } .trouble { font-weight: 700 }
code { font-size: 8.5pt; overflow-wrap: anywhere } tr { break-inside: avoid }
@page { margin: 15mm }`

/** `title` is what the page is about; `made` says when, by whom, and with which Tieback. */
export const page = (words: Words, title: string, made: string, parts: readonly Markup[]): string =>
  `<!doctype html>\n${html`<html lang="${words.locale}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="referrer" content="no-referrer"><title>${say(words, 'evidence.title')} – ${title}</title><style>${raw(style)}</style></head>
<body><h1>${say(words, 'evidence.title')} – ${title}</h1><p>${made}<br>${say(words, 'evidence.utc')}</p>
${parts}
</body></html>`}\n`

/** Our own style sheet, which holds nothing but what stands above. */
const raw = (css: string): Markup => html([css] as unknown as TemplateStringsArray)

export const section = (title: string, ...body: readonly Piece[]): Markup => html`<section><h2>${title}</h2>${body}</section>\n`

/** A table with a heading row; cells of `numbers` columns stand to the right. */
export const table = (head: readonly string[], rows: readonly (readonly Piece[])[], numbers: readonly number[] = []): Markup =>
  html`<table><thead><tr>${head.map((name, n) => cell('th', name, numbers.includes(n)))}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((value, n) => cell('td', value, numbers.includes(n)))}</tr>\n`,
  )}</tbody></table>`

const cell = (kind: 'th' | 'td', value: Piece, right: boolean): Markup =>
  kind === 'th' ? html`<th class="${right ? 'number' : ''}">${value}</th>` : html`<td class="${right ? 'number' : ''}">${value}</td>`

/** Names and what they stand for, one a row. */
export const pairs = (rows: readonly (readonly [string, Piece])[]): Markup =>
  html`<table><tbody>${rows.map(([name, value]) => html`<tr><th>${name}</th><td>${value}</td></tr>\n`)}</tbody></table>`
