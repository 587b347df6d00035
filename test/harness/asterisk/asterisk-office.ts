import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  SipPhone,
  freeUdpPort,
  startAsterisk,
  type AsteriskProgram,
  type RunningAsterisk,
  type SipCall,
} from '../../../apps/simulator/index.js';
import { readBooks, type BookedCall } from './asterisk-books.js';

/** What the phone of an extension does with a call. */
export type Manner = 'answers' | 'is busy' | 'never answers';

/** 104 and 105 are the two agents of the queue. Nobody has registered 109. */
const MANNERS: Readonly<Record<string, Manner>> = {
  101: 'answers',
  102: 'is busy',
  103: 'never answers',
  104: 'answers',
  105: 'answers',
  106: 'answers',
  107: 'answers',
};

const TRUNK_HOST = '127.0.0.2';
const HOST = '127.0.0.1';
/** Below those that a system gives away. */
const MEDIA_PORTS = 16_000;
const PORTS_EACH = 4_000;

export interface OfficeOptions {
  program: AsteriskProgram;
  /** Where it tells of its calls. */
  uri: string;
  /** The same by a second line. */
  secondUri?: string;
  ringSeconds: number;
  /** How long a phone that answers rings before, ms; asked at each call. */
  answersAfterMs: () => number;
  /** Further extensions, whose phones register: passwords by name. */
  registering?: Readonly<Record<string, string>>;
  /** Where the outer world is, instead of one that we play. */
  trunkAt?: { host: string; port: number };
}

/** A call as a phone of the office saw it. */
export interface SeenCall {
  phone: string;
  call: SipCall;
  /** Who calls, as the phone was told. */
  from: string;
  answeredAt: number | null;
}

/** A real Asterisk with an office of phones, and a trunk to a world that we play. */
export class AsteriskOffice {
  /** Every call that came to a phone or to the trunk, in this order. */
  readonly seen: SeenCall[] = [];

  private constructor(
    readonly asterisk: RunningAsterisk,
    private readonly phones: ReadonlyMap<string, SipPhone>,
    readonly trunk: SipPhone,
    /** Where it speaks SIP, as `host:port`. */
    readonly sip: string,
  ) {}

  static async open(options: OfficeOptions): Promise<AsteriskOffice> {
    const sipPort = await freeUdpPort();
    const pbx = `${HOST}:${sipPort}`;
    const names = Object.keys(MANNERS);
    const phones = await Promise.all(names.map((name) => SipPhone.open({ name, pbx })));
    const trunk = await SipPhone.open({ name: 'trunk', pbx, host: TRUNK_HOST });
    const extensions = phones.map(({ name, port }) => ({ name, at: { host: HOST, port } }));
    const registering = Object.entries(options.registering ?? {}).map(([name, password]) => ({
      name,
      password,
    }));
    const plan = {
      sipPort,
      rtpPort: MEDIA_PORTS + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 4) * PORTS_EACH,
      extensions: [...extensions, { name: '109' }, ...registering],
      trunk: options.trunkAt ?? { host: TRUNK_HOST, port: trunk.port },
      uri: options.uri,
      ...(options.secondUri !== undefined && { secondUri: options.secondUri }),
      user: 'switchhook',
      password: 'not-a-secret',
      ringSeconds: options.ringSeconds,
    };
    const folder = await mkdtemp(join(tmpdir(), 'switchhook-asterisk-'));
    const asterisk = await startAsterisk(options.program, plan, folder);
    const office = new AsteriskOffice(asterisk, new Map(phones.map((one) => [one.name, one])), trunk, pbx);
    for (const phone of phones) office.behave(phone, MANNERS[phone.name] ?? 'answers', options);
    office.behave(trunk, 'answers', options);
    return office;
  }

  phone(name: string): SipPhone {
    const found = this.phones.get(name);
    if (!found) throw new Error(`There is no phone ${name}`);
    return found;
  }

  /** A customer calls one of our numbers. */
  callIn(customer: string, ourNumber: string): SipCall {
    return this.trunk.call(ourNumber, customer);
  }

  /** The call of a customer that came to a phone, once it is there. */
  seenBy(phone: string, from: string): SeenCall | undefined {
    return this.seen.find((one) => one.phone === phone && one.from === from);
  }

  async books(): Promise<Map<string, BookedCall>> {
    return readBooks(await this.asterisk.cdr());
  }

  async close(): Promise<void> {
    await this.asterisk.stop();
    for (const phone of [...this.phones.values(), this.trunk]) phone.close();
  }

  private behave(phone: SipPhone, manner: Manner, { answersAfterMs }: OfficeOptions): void {
    phone.onCall = (call) => {
      const from = /sip:([^@]*)@/.exec(call.header('from'))?.[1] ?? '';
      const seen: SeenCall = { phone: phone.name, call, from, answeredAt: null };
      this.seen.push(seen);
      // A customer whose number ends so is busy.
      const isBusy = manner === 'is busy' || /99$/.test(dialledOf(call));
      if (isBusy) call.refuse('486 Busy Here');
      else if (manner === 'answers') {
        setTimeout(() => {
          if (call.isOver) return;
          call.answer();
          seen.answeredAt = Date.now();
        }, answersAfterMs());
      }
    };
  }
}

/** The number of which the trunk was asked. */
export function dialledOf(call: SipCall): string {
  return /sip:([^@]*)@/.exec(call.header('to'))?.[1] ?? '';
}
