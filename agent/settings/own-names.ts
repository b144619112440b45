import { hostname, networkInterfaces } from 'node:os'

/** This computer's name and its addresses on the network. */
export function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((of) => of ?? [])
  return [hostname(), ...addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address)]
}
