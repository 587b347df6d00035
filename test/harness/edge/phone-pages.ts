import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { projectRoot } from '#platform';
import { CHROMIUM } from '../live-pages.js';
import { until } from '../until.js';

/** A microphone that beeps each second, nobody to ask for it, and loopback as good an address as any other. */
export const PHONE_FLAGS = [
  '--no-sandbox',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
  '--allow-loopback-in-peer-connection',
];

/** For any page: what the first script of ours has, `media()` and `loudestHz()`. */
export function mediaEars(): string {
  return /<script>(.*?)<\/script>/s.exec(readPage().toString())?.[1] ?? '';
}

const readPage = (): Buffer => readFileSync(join(projectRoot(), 'test/harness/edge/phone-page.html'));

/** What goes through a page's newest media connection. */
export interface Media {
  sent: number;
  received: number;
  energy: number;
  heardSeconds: number;
}

/** A page of a CRM with our web phone in it, in a browser of its own. */
export class PhonePage {
  constructor(readonly page: Page) {}

  /** Registers, and is registered when this resolves. */
  async register(account: object): Promise<void> {
    await this.does('initiate', account);
    await this.tells('onRegister');
  }

  /** Calls one of the phone's methods, and waits for what it answers. */
  does(method: string, ...given: readonly unknown[]): Promise<unknown> {
    return this.page.evaluate(`phone.${method}(...${JSON.stringify(given)})`);
  }

  /** Waits until a callback was called, once each, and answers the id that it was given. */
  async tells(name: string, withinMs?: number): Promise<string> {
    const look = async () => {
      const event = await this.page.evaluate<{ id?: string } | undefined>(`take('${name}')`);
      return event && { id: event.id ?? '' };
    };
    try {
      return (await until(name, look, withinMs)).id;
    } catch (error) {
      const told = await this.page.evaluate<string>('JSON.stringify(told)');
      throw new Error(`${(error as Error).message}; told meanwhile: ${told}`, { cause: error });
    }
  }

  media(): Promise<Media> {
    return this.page.evaluate<Media>('media()');
  }

  loudestHz(): Promise<number> {
    return this.page.evaluate<number>('loudestHz()');
  }
}

/** A browser and the site that its pages are from. */
export class PhonePages {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
  ) {}

  static async open(): Promise<PhonePages> {
    const page = readPage();
    const script = readFileSync(join(projectRoot(), 'dist/web-phone/voicenterWebPhone-min.js'));
    const server = createServer((request, response) => {
      const isScript = request.url === '/voicenterWebPhone-min.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: PHONE_FLAGS });
    return new PhonePages(browser, server);
  }

  async open(): Promise<PhonePage> {
    const { port } = this.server.address() as AddressInfo;
    const context = await this.browser.newContext({ permissions: ['microphone'], ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${String(port)}/`);
    return new PhonePage(page);
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.server.close();
  }
}
