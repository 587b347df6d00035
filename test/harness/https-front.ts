import { createServer as createHttp } from 'node:http';
import { connect, type AddressInfo, type Server } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { Authority } from './certificates.js';

const LOOPBACK = '127.0.0.1';

/** Several origins of https on one port, as they are in the world: one is the product's, the others have a page that shows a frame. */
export class HttpsFront {
  private constructor(
    readonly port: number,
    private readonly ends: readonly (() => void)[],
  ) {}

  /**
   * @param product  name of the product's host, and its port of http
   * @param frame  address that the frame of all other hosts' page shows
   */
  static async open(product: { host: string; port: number }, frame: () => string): Promise<HttpsFront> {
    const { certificate: cert, privateKey: key } = await (await Authority.make('front')).issue(product.host);
    const parent = createHttp((_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<script>window.heard = []; addEventListener('message', ({ data }) => heard.push(data))</script>` +
          `<iframe id="portal" width="900" height="500" src="${frame()}"></iframe>`,
      );
    });
    const parentPort = await listening(parent);
    const front = createTls({ cert, key, ALPNProtocols: ['http/1.1'] }, (socket) => {
      const isProduct = 'servername' in socket && socket.servername === product.host;
      const behind = connect(isProduct ? product.port : parentPort, LOOPBACK);
      socket.pipe(behind).pipe(socket);
      socket.on('error', () => behind.destroy());
      behind.on('error', () => socket.destroy());
    });
    const port = await listening(front);
    return new HttpsFront(port, [
      () => front.close(),
      () => {
        parent.close();
        parent.closeAllConnections();
      },
    ]);
  }

  close(): void {
    for (const end of this.ends) end();
  }
}

async function listening(server: Pick<Server, 'listen' | 'address'>): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, LOOPBACK, resolve));
  return (server.address() as AddressInfo).port;
}
