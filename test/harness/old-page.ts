import { createContext, runInContext } from 'node:vm';
import { io } from 'socket.io-client';
import { until } from './until.js';

/** The script's own object, as pages use it. */
export interface Monitor {
  connect(): void;
  loginUserCode(code: string): void;
  disconnect(): void;
}

interface Page {
  voicenterMonitor?: new () => Monitor;
  voicenterAsyncLoad?: () => void;
  io?: unknown;
}

/** As much of a browser's page as the vendor's script asks for. What it loads is fetched, and stands for the same client here. */
export class OldPage {
  private constructor(private readonly window: Page & { isReady: boolean }) {}

  static async load(origin: string): Promise<OldPage> {
    const address = `${origin}/voicenterMonitorListener.js`;
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address} is answered ${String(response.status)}`);
    const window: Page & Record<string, unknown> & { isReady: boolean } = {
      isReady: false,
      location: { href: 'https://shop.example/' },
      voicenterAsyncLoad: () => {
        window.isReady = true;
      },
    };
    const append = async (script: { src: string; onload: () => void; onerror: () => void }) => {
      const client = await fetch(script.src);
      const isClient = client.ok && (await client.text()).includes('Socket.IO v4');
      window.io = io;
      if (isClient) script.onload();
      else script.onerror();
    };
    const document = {
      currentScript: { src: address },
      createElement: () => ({}),
      head: { appendChild: (script: Parameters<typeof append>[0]) => void append(script) },
    };
    runInContext(await response.text(), createContext({ window, document, URL }));
    return new OldPage(window);
  }

  /** What a page makes when it is called back. */
  async monitor(): Promise<Monitor> {
    const Made = await until('the script to be ready', () =>
      this.window.isReady ? this.window.voicenterMonitor : undefined,
    );
    return new Made();
  }
}
