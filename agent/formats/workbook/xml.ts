/** XML as a stream of tags: names without their prefix (writers choose that freely), no document type, no entities but XML's own. */
import { SaxesParser } from 'saxes'

export type XmlHandlers = {
  open?(name: string, attributes: Record<string, string>): void
  text?(text: string): void
  close?(name: string): void
}

/** Feeds chunks to the handlers; yields after each chunk, so that a caller can take what came together or stop. Throws where it is not well formed. */
export async function* readXml(chunks: AsyncIterable<Uint8Array>, { open, text, close }: XmlHandlers): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  if (open) parser.on('opentag', (tag) => open(localName(tag.name), tag.attributes))
  if (text) parser.on('text', text)
  if (close) parser.on('closetag', (tag) => close(localName(tag.name)))
  parser.on('doctype', () => {
    throw new Error('it has a document type')
  })
  let decoder: TextDecoder | null = null
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true })
    parser.write(decoder.decode(chunk, { stream: true }))
    yield
  }
  parser.write(decoder?.decode() ?? '').close()
}

/** Reads to the end. */
export async function readWholeXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): Promise<void> {
  for await (const _ of readXml(chunks, handlers));
}

const localName = (name: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** An attribute whatever its prefix; a qualified one before a plain one where both are there (`r:id` beside `id`). */
export function attribute(attributes: Record<string, string>, name: string): string | undefined {
  const qualified = Object.keys(attributes).find((key) => key.endsWith(`:${name}`))
  return attributes[qualified ?? name]
}

/** UTF-8, or UTF-16 by its BOM: the two every XML reader must know. */
function encodingOf(chunk: Uint8Array): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return 'utf-16le'
  return chunk[0] === 0xfe && chunk[1] === 0xff ? 'utf-16be' : 'utf-8'
}
