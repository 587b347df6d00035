import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { projectRoot } from '#platform';

export const CHROMIUM = '/usr/bin/chromium';

/** Whether there is a browser to look with. Where CI runs there has to be one. */
export function hasChromium(): boolean {
  if (existsSync(CHROMIUM)) return true;
  if (process.env['CI'] !== undefined) throw new Error(`${CHROMIUM} is not installed`);
  process.stderr.write(`SKIPPED: ${CHROMIUM} is not installed, so nobody looks at a page.\n`);
  return false;
}

/** Pages of a real browser that listen to the live channel, each as an agent's. */
export class LivePages {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  static async open(): Promise<LivePages> {
    const read = (path: string) => readFileSync(join(projectRoot(), path));
    const page = read('test/harness/live-page.html');
    const client = read('node_modules/socket.io-client/dist/socket.io.min.js');
    const server = createServer((request, response) => {
      const isClient = request.url === '/socket.io.min.js';
      response.setHeader('content-type', isClient ? 'text/javascript' : 'text/html');
      response.end(isClient ? client : page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // There is nobody in the tests' machine to keep it from.
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    return new LivePages(browser, server);
  }

  /** A tab of its own, which is greeted by the time this resolves. */
  async tab(asks: { api: string; token: string; agent: string }): Promise<Page> {
    const { port } = this.server.address() as AddressInfo;
    const page = await this.page();
    await page.goto(`http://127.0.0.1:${String(port)}/#${new URLSearchParams(asks).toString()}`);
    await page.waitForFunction('window.greeted');
    return page;
  }

  /** A tab without a page of ours in it yet, and without anybody's cookies. */
  async page(): Promise<Page> {
    return (await this.browser.newContext()).newPage();
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}
