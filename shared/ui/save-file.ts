/** A name that says what it is and of which record or day; only letters, digits and dashes, whatever the id. Pure. */
export const fileName = (what: string, id: string, ending: 'json' | 'html' | 'csv'): string =>
  `tieback-${what}-${id.replaceAll(/[^\w-]+/g, '-')}.${ending}`

/** Hands a text (or its parts, one after the other) to the browser as a download. Its address lives as long as this page: a browser may still be asking where to put it. */
export function saveFile(name: string, type: string, text: string | string[]): void {
  const parts = typeof text === 'string' ? [text] : text
  const link = Object.assign(document.createElement('a'), { download: name, href: URL.createObjectURL(new Blob(parts, { type })) })
  document.body.append(link)
  link.click()
  link.remove()
}
