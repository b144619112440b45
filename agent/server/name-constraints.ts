import { isIP, isIPv4 } from 'node:net'
import { Extension } from '@peculiar/x509'

/** RFC 5280, 4.2.1.10. */
const oid = '2.5.29.30'
const tag = { sequence: 0x30, permitted: 0xa0, excluded: 0xa1, dns: 0x82, ip: 0x87 }

/**
 * The critical extension that binds an authority to these host names and addresses: if it were stolen, it could speak for nobody
 * else. A kind of name that is not listed at all is excluded whole.
 */
export function nameConstraints(names: readonly string[]): Extension {
  const dns = names.filter((name) => !isIP(name))
  const ips = names.filter((name) => isIP(name))
  const permitted = [...dns.map(dnsName), ...ips.map(exactly)]
  const excluded = [
    ...(dns.length === 0 ? [dnsName('')] : []),
    ...(ips.some(isIPv4) ? [] : [der(tag.ip, Buffer.alloc(8))]),
    ...(ips.some((ip) => !isIPv4(ip)) ? [] : [der(tag.ip, Buffer.alloc(32))]),
  ]
  const parts = [subtrees(tag.permitted, permitted), ...(excluded.length === 0 ? [] : [subtrees(tag.excluded, excluded)])]
  return new Extension(oid, true, new Uint8Array(der(tag.sequence, Buffer.concat(parts))))
}

const dnsName = (name: string): Buffer => der(tag.dns, Buffer.from(name, 'ascii'))

/** One address: itself, and a mask of ones. */
function exactly(ip: string): Buffer {
  const bytes = isIPv4(ip) ? Buffer.from(ip.split('.').map(Number)) : v6(ip)
  return der(tag.ip, Buffer.concat([bytes, Buffer.alloc(bytes.length, 0xff)]))
}

function v6(ip: string): Buffer {
  const groups = (part: string | undefined) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : [])
  const [before, after] = ip.split('::')
  const [head, tail] = [groups(before), groups(after)]
  const all = ip.includes('::') ? [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail] : head
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}

const subtrees = (as: number, names: readonly Buffer[]): Buffer => der(as, Buffer.concat(names.map((name) => der(tag.sequence, name))))

/** Tag, length, value; a length of 128 and more takes bytes of its own. */
function der(as: number, value: Buffer): Buffer {
  const { length } = value
  const head = length < 128 ? [as, length] : length < 256 ? [as, 0x81, length] : [as, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), value])
}
