import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { projectRoot } from '#platform';
import { CHROMIUM } from './live-pages.js';

/** How a screen may look. */
export interface Variant {
  language: 'en' | 'he';
  colours: 'light' | 'dark';
  width: number;
}

const ALL: readonly Variant[] = (['light', 'dark'] as const).flatMap((colours) =>
  [1280, 390].flatMap((width) => [
    { language: 'en' as const, colours, width },
    // The other one in all ways.
    {
      language: 'he' as const,
      colours: colours === 'light' ? 'dark' : ('light' as const),
      width: 1280 + 390 - width,
    },
  ]),
);

/**
 * How one of many screens is looked at: in two ways that have nothing in common, so that each language, colours and width is there,
 * and another two for the next screen. `LOOKS=all` looks at each in all eight.
 */
export function looksOf(screen: number): readonly Variant[] {
  if (process.env['LOOKS'] === 'all') return ALL;
  const first = (screen * 2) % ALL.length;
  return ALL.slice(first, first + 2);
}

/** What axe finds that keeps people from using a page. */
export interface Barrier {
  id: string;
  impact: string | null;
  nodes: { html: string; failureSummary?: string }[];
}

const AXE = join(projectRoot(), 'apps/console/node_modules/axe-core/axe.min.js');
/** What a page shows while something is asked for. */
const UNDER_WAY = '.mantine-Skeleton-root, [aria-busy=true], [data-loading=true]';
/** Longer than anybody would wait, on a machine that does other things as well. */
const SEEN_WITHIN_MS = 30_000;
/** Names that nobody else has, for origins of our own. */
const NAMES = '--host-resolver-rules=MAP *.example 127.0.0.1';
/** For people to look at. */
const SHOTS = join(projectRoot(), 'coverage/screens');

/** A real browser with the console in it. What its pages complain of is kept. */
export class ConsolePages {
  /** What was written to the console of any page, and errors that nobody caught. */
  readonly complaints: string[] = [];
  private readonly prepares: ((page: Page) => Promise<void>)[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly context: BrowserContext,
  ) {}

  static async open(): Promise<ConsolePages> {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', NAMES] });
    return new ConsolePages(browser, await browser.newContext({ locale: 'en-GB' }));
  }

  /** A tab of whoever is signed in. */
  tab(): Promise<Page> {
    return this.tabOf(this.context);
  }

  /** A second browser of whoever is signed in, which may look otherwise. */
  async twin(): Promise<Page> {
    const storageState = await this.context.storageState();
    return this.tabOf(await this.browser.newContext({ locale: 'en-GB', storageState }));
  }

  /** Somebody else's browser, in which nobody has signed in. */
  guest(options: { ignoreHTTPSErrors?: boolean } = {}): Promise<BrowserContext> {
    return this.browser.newContext({ locale: 'en-GB', ...options });
  }

  /** What is done with each tab from now on, and with those of who is signed in when they are loaded the next time. */
  async always(prepare: (page: Page) => Promise<void>): Promise<void> {
    this.prepares.push(prepare);
    for (const page of this.context.pages()) await prepare(page);
  }

  async tabOf(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    for (const prepare of this.prepares) await prepare(page);
    page.setDefaultTimeout(SEEN_WITHIN_MS);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        this.complaints.push(`${message.text()} ${message.location().url}`);
      }
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    return page;
  }

  /** From the next page on. */
  async as(page: Page, { language, colours, width }: Variant): Promise<void> {
    await page.setViewportSize({ width, height: 800 });
    const kept = { 'switchhook.language': language, 'mantine-color-scheme-value': colours };
    for (const [name, value] of Object.entries(kept)) {
      await page.evaluate(`localStorage.setItem('${name}', '${value}')`);
    }
  }

  /** Goes there, and waits for all that it asks for: what comes late moves what one is about to press. */
  async visit(page: Page, url: string): Promise<void> {
    await page.goto(url);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator(UNDER_WAY).first().waitFor({ state: 'detached' });
  }

  async shot(page: Page, name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
  }

  /** Goes there as one who likes it so, keeps a screenshot, and says what keeps people from using it. */
  async faultsOf(
    page: Page,
    url: string,
    { name, variant }: { name: string; variant: Variant },
  ): Promise<string[]> {
    const look = `${name}-${variant.language}-${variant.colours}-${variant.width}`;
    await this.as(page, variant);
    await this.visit(page, url);
    await this.shot(page, look);
    const faults = (await this.barriers(page)).map((barrier) => `${look}: ${barrier}`);
    const sideways = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    return sideways > 0 ? [...faults, `${look}: ${sideways} px wider than the screen`] : faults;
  }

  /** The serious ones: minor ones are a matter of taste. */
  async barriers(page: Page): Promise<string[]> {
    // The page's policy keeps scripts out that are added to it, but not what the debugger evaluates.
    await page.evaluate(readFileSync(AXE, 'utf8'));
    const { violations } = await page.evaluate<{ violations: Barrier[] }>(
      "axe.run({ resultTypes: ['violations'] })",
    );
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
      );
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}
