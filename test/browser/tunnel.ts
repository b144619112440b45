import { connect, createServer, type Socket } from 'node:net'

export type Tunnel = { port: number; refused: string[]; close(): Promise<void> }

/**
 * A proxy for Firefox, which cannot map a host to another port: CONNECT to any *.procore.com reaches the stand-in on `standInPort`;
 * everything else is refused and listed, so a test browser never leaves this machine.
 */
export function openTunnel(standInPort: number): Promise<Tunnel> {
  const open = new Set<Socket>()
  const refused: string[] = []
  const server = createServer((browser) => {
    open.add(browser.on('close', () => open.delete(browser)).on('error', () => browser.destroy()))
    browser.once('data', (asked) => {
      const request = asked.toString('latin1').split('\r\n')[0] ?? ''
      if (/^CONNECT [\w.-]+\.procore\.com:443 /.test(request)) return join(browser, standInPort)
      refused.push(request)
      browser.end('HTTP/1.1 502 Not reachable from tests\r\nContent-Length: 0\r\n\r\n')
    })
  })
  const close = (): Promise<void> =>
    new Promise((closed) => {
      server.close(() => closed())
      for (const socket of open) socket.destroy()
    })
  return new Promise((ready, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      ready({ port: typeof address === 'object' && address ? address.port : 0, refused, close })
    })
  })
}

function join(browser: Socket, port: number): void {
  const standIn = connect(port, '127.0.0.1', () => {
    browser.write('HTTP/1.1 200 OK\r\n\r\n')
    standIn.pipe(browser).pipe(standIn)
  })
  standIn.on('error', () => browser.destroy())
  browser.on('close', () => standIn.destroy())
}
