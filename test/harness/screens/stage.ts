import type { Page } from 'playwright-core';
import type { ConsolePages } from '../console-pages.js';
import type { ProductProcess } from '../product.js';
import type { StandaloneHome } from '../standalone-home.js';

/** Where the days of people in the console are played: one running product, and a browser in which its operator is signed in. */
export interface Stage {
  home: StandaloneHome;
  app: ProductProcess;
  pages: ConsolePages;
  page: Page;
  /** `/t/ID` of the tenant. */
  tenant: string;
  /** Addresses of screens with something in them, by a name for their screenshots: each is looked at in all variants at the end. */
  seen: Record<string, string>;
  /** Goes to an address of ours, such as `/t/ID/calls`. */
  go: (path: string) => Promise<void>;
  /** A call that the tenant's PBX tells of. @param fields  of Voicenter's CDR that are to be otherwise */
  call: (fields: Record<string, unknown>) => Promise<void>;
  /** Closes what a day opened, when all screens were looked at. */
  after: (close: () => Promise<unknown>) => void;
  /** Asks the REST API for the tenant, as its operator, for what the day needs and does not press itself. */
  ask: <T>(method: string, path: string, body?: object) => Promise<T>;
}

/** What people do with the screens of one feature, sentence by sentence, in order. */
export type Day = Readonly<Record<string, (stage: Stage) => Promise<void>>>;
