import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { newToken } from '#platform';
import {
  SipPhone,
  findAsterisk,
  freeUdpPort,
  startAsterisk,
  type RunningAsterisk,
  type SipCall,
} from '../simulator/index.js';
import { CallLines, type ShownCall } from './call-lines.js';
import type { DemoClient } from './demo-client.js';

export interface DemoAsteriskParts {
  /** Of the tenant whose PBX it is. */
  client: DemoClient;
  /** Of the product, as the PBX reaches it. */
  url: string;
  /** The folder of an unpacked Asterisk: ASTERISK_ROOT. */
  root: string | undefined;
  say: (line: string) => void;
  signal: AbortSignal;
}

const HOST = '127.0.0.1';
/** The outer world is known by its address. */
const WORLD = '127.0.0.2';
const MEDIA_PORT = 28_000;
const OWN_EXTENSION = '110';
const CUSTOMERS = ['0501234567', '0523258000', '0541112233', '0509876543', '0525550199'];
const RINGS_MS = 900;
const TALKS_MS = 2_500;
const RECORDED_WITHIN_MS = 8_000;
const AGAIN_AFTER_MS = 45_000;
/** More than are played at once. */
const LATEST = 50;
const LOOK_EVERY_MS = 250;

/** A real PBX in the demo: it dials the product's ingress, and its phones are played. */
export class DemoAsterisk {
  private constructor(
    private readonly parts: DemoAsteriskParts,
    private readonly connectionId: string,
    private readonly asterisk: RunningAsterisk,
    private readonly phones: ReadonlyMap<string, SipPhone>,
  ) {}

  /** Says what is missing where there is none. */
  static async open(parts: DemoAsteriskParts): Promise<DemoAsterisk | undefined> {
    const program = await findAsterisk(parts.root);
    if ('missing' in program) {
      parts.say(`--asterisk: ${program.missing}`);
      return undefined;
    }
    const connection = await parts.client.post<{ id: string; ingressUrls: { url: string }[] }>(
      '/v1/connections',
      { name: 'Real Asterisk', dialect: 'asterisk', settings: { trunks: ['trunk'] } },
    );
    await parts.client.put(`/v1/connections/${connection.id}/pbx-account`, { settings: {}, secrets: {} });
    const sipPort = await freeUdpPort();
    const phones = await openPhones(`${HOST}:${String(sipPort)}`);
    const password = newToken('sip');
    const at = (name: string) => ({ host: HOST, port: phones.get(name)?.port ?? 0 });
    const played = ['101', '102', '103', '104', '105'].map((name) => ({ name, at: at(name) }));
    const { pathname } = new URL(connection.ingressUrls[0]?.url ?? '');
    const plan = {
      sipPort,
      rtpPort: MEDIA_PORT,
      extensions: [...played, { name: OWN_EXTENSION, password }],
      trunk: { host: WORLD, port: phones.get('trunk')?.port ?? 0 },
      uri: `${parts.url.replace(/^http/, 'ws').replace('localhost', HOST)}${pathname}`,
      user: 'switchhook',
      password: newToken('ari'),
    };
    const folder = await mkdtemp(join(tmpdir(), 'switchhook-asterisk-'));
    const asterisk = await startAsterisk(program, plan, folder);
    tell(parts.say, { sipPort, password });
    return new DemoAsterisk(parts, connection.id, asterisk, phones);
  }

  /**
   * Plays a few calls, and says a line of each that the product has a record of as soon as it has: also of calls of somebody's
   * own phone.
   *
   * @param goesOn  they are played again now and then, until the demo is stopped
   */
  async play(goesOn: boolean, print: (line: string) => void): Promise<void> {
    const { signal } = this.parts;
    const lines = new CallLines();
    const look = async (): Promise<void> => {
      for (const line of lines.of(await this.latest())) print(line);
    };
    let calls = 0;
    while (!signal.aborted) {
      const { played, count } = this.playOnce();
      calls += count;
      const waited = played.then(() => delay(goesOn ? AGAIN_AFTER_MS : RECORDED_WITHIN_MS));
      const isOver = Promise.race([waited, aborted(signal)]).then(() => true as const);
      while ((await Promise.race([isOver, delay(LOOK_EVERY_MS)])) !== true) {
        await look();
        if (!goesOn && lines.count >= calls) return;
      }
      if (!goesOn) return;
    }
  }

  private playOnce(): { count: number; played: Promise<unknown> } {
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = CUSTOMERS;
    const calls = [
      this.talk(this.phone('trunk').call('0722000101', first)),
      this.talk(this.phone('trunk').call('0722000600', second)),
      this.talk(this.phone('102').call(third)),
      this.talk(this.phone('101').call('104')),
      this.phone('trunk').call('0722000103', fourth).ended,
      this.giveUp(this.phone('trunk').call('0722000105', fifth)),
    ];
    return { count: calls.length, played: Promise.all(calls) };
  }

  async close(): Promise<void> {
    await this.asterisk.stop();
    for (const phone of this.phones.values()) phone.close();
  }

  private async latest(): Promise<ShownCall[]> {
    const path = `/v1/calls?connectionId=${this.connectionId}&limit=${String(LATEST)}`;
    return (await this.parts.client.get<{ data: ShownCall[] }>(path)).data;
  }

  private async talk(call: SipCall): Promise<void> {
    await Promise.race([call.answered, call.ended]);
    await delay(TALKS_MS);
    call.hangUp();
    await call.ended;
  }

  private async giveUp(call: SipCall): Promise<void> {
    await Promise.race([call.ringing, call.ended]);
    call.cancel();
    await call.ended;
  }

  private phone(name: string): SipPhone {
    const found = this.phones.get(name);
    if (found === undefined) throw new Error(`There is no phone ${name}.`);
    return found;
  }
}

/** 103 is busy; everybody else answers after a while, the world as well. */
async function openPhones(pbx: string): Promise<Map<string, SipPhone>> {
  const phones = new Map<string, SipPhone>();
  for (const name of ['101', '102', '103', '104', '105', 'trunk']) {
    const host = name === 'trunk' ? WORLD : HOST;
    const onCall = (call: SipCall): void => {
      if (name === '103') call.refuse('486 Busy Here');
      else
        setTimeout(() => {
          call.answer();
        }, RINGS_MS);
    };
    phones.set(name, await SipPhone.open({ name, pbx, host, onCall }));
  }
  return phones;
}

function tell(say: (line: string) => void, own: { sipPort: number; password: string }): void {
  say(
    `a real Asterisk dials the ingress; its SIP is udp ${HOST}:${String(own.sipPort)}, on this machine only`,
  );
  say(
    `register a phone   user ${OWN_EXTENSION}, password ${own.password}, domain ${HOST}:${String(own.sipPort)}`,
  );
  say('and dial           101 (answers), 103 (busy), 600 (a queue), 700 (a menu), 800 (a beep), 0501234567');
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
