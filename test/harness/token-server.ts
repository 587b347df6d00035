import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A token endpoint: it gives `token-1`, `token-2` and so on, or refuses. */
export class TokenServer {
  given = 0;
  refuses = false;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<TokenServer> {
    const server = createServer((_request, response) => {
      const { status, body } = opened.answer();
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
    const opened = new TokenServer(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return opened;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/token`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(): { status: number; body: object } {
    if (this.refuses) return { status: 401, body: { error: 'invalid_client' } };
    this.given += 1;
    return { status: 200, body: { access_token: `token-${String(this.given)}`, expires_in: 3600 } };
  }
}
