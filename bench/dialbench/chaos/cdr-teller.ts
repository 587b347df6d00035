/** Tells the product of ended calls by two CDRs each, some of them twice, in the wrong order or not at all. */
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { instant } from '#domain';
import { localClock, writeCdrMessage, type Cdr, type Random } from '../../../apps/simulator/index.js';
import type { Mischief, PbxCall } from './chaos-contract.js';

export interface CdrTellerOptions {
  ingressUrl: string;
  mischief: Mischief;
  random: Random;
}

const LATE_MS = 1_000;
const AGAIN_MS = 500;
const MOST_TRIES = 60;
const wallAt = localClock('Asia/Jerusalem');

const BLANK: Omit<Cdr, 'time' | 'ivruniqueid' | 'type' | 'status'> = {
  ...{ caller: '0722776772', target: '', duration: 0, targetextension: '', callerextension: '', did: '' },
  ...{ queueid: 0, queuename: '', record: '', price: 0, dialtime: 1, representative_name: '' },
  ...{ representative_code: '', targetextension_name: '', callerextension_name: '' },
  ...{ target_country: 'Israel', caller_country: 'Israel' },
};

export class CdrTeller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(private readonly options: CdrTellerOptions) {}

  tell(call: PbxCall): void {
    const { mischief, random } = this.options;
    const luck = random();
    const { lostWebhook, duplicated, reordered } = mischief;
    if (luck < lostWebhook) return;
    const [first, second] = legsOf(call);
    if (luck < lostWebhook + duplicated) void this.sendAll(first, first, second, second);
    else if (luck < lostWebhook + duplicated + reordered) void this.sendLate(second, first);
    else void this.sendAll(first, second);
  }

  private async sendLate(early: string, late: string): Promise<void> {
    await this.send(early);
    await delay(this.options.random() * LATE_MS);
    await this.send(late);
  }

  private async sendAll(...bodies: string[]): Promise<void> {
    for (const body of bodies) await this.send(body);
  }

  /** As the vendor does: again while it is not taken. */
  private async send(body: string): Promise<void> {
    for (let tried = 0; tried < MOST_TRIES; tried += 1) {
      if (await this.post(body)) return;
      await delay(AGAIN_MS);
    }
  }

  private post(body: string): Promise<boolean> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asked = request(
        this.options.ingressUrl,
        { method: 'POST', agent: this.agent, headers },
        (answer) => {
          answer.resume();
          answer.on('end', () => {
            resolve(answer.statusCode === 200);
          });
        },
      );
      asked.on('error', () => {
        resolve(false);
      });
      asked.end(body);
    });
  }
}

function legsOf({ id, agent, number, attempt, startedAt, endedAt, status }: PbxCall): [string, string] {
  const lasts = Math.round((endedAt - startedAt) / 1_000);
  const { epochSeconds: time } = wallAt(instant(Math.floor(startedAt)));
  const both = { ...BLANK, time, ivruniqueid: id, CustomData: { var_att: attempt } };
  const rung = { target: agent, targetextension: agent, duration: lasts, status: 'ANSWER' };
  const talked = {
    target: number,
    callerextension: agent,
    duration: status === 'ANSWER' ? lasts : 0,
    status,
  };
  return [
    writeCdrMessage({ ...both, ...rung, type: 'Click2Call leg1' }, 'json').body,
    writeCdrMessage({ ...both, ...talked, type: 'Click2Call leg2' }, 'json').body,
  ];
}
