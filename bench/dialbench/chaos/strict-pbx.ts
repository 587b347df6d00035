/**
 * A Voicenter PBX that is fast, strict and unreliable: it places what it is ordered to by click2call, lists calls that go on and
 * those that were, tells of their ends by CDR, and keeps all of them for the judge.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '../../../apps/simulator/index.js';
import type { Mischief, OpenedPbx, PbxCall } from './chaos-contract.js';
import { CdrTeller } from './cdr-teller.js';

export interface StrictPbxOptions {
  tenant: number;
  ingressUrl: string;
  mischief: Mischief;
  random: Random;
  /** Time of day in milliseconds. */
  now: () => number;
}

const CODE = 'chaosVoicenterCode0001';
const NEEDED = ['code', 'phone', 'target', 'action', 'format', 'var_att'];
const SHORTEST_MS = 300;
const TALK_MS = 1_700;
const ANSWERED = 0.7;
const BUSY = 0.15;

export class StrictPbx {
  readonly calls: PbxCall[] = [];
  /** What it was asked that no client of the vendor's may ask. */
  readonly strange: string[] = [];
  readonly tenant: number;
  live = 0;
  private readonly byNumber = new Map<string, PbxCall[]>();
  private readonly byAgent = new Map<string, Set<PbxCall>>();
  private readonly byId = new Map<string, PbxCall>();
  private readonly server: Server;
  private readonly teller: CdrTeller;

  constructor(private readonly options: StrictPbxOptions) {
    this.tenant = options.tenant;
    this.teller = new CdrTeller(options);
    this.server = createServer((request, response) => {
      void this.take(request, response);
    });
  }

  async listen(): Promise<OpenedPbx> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`, code: CODE };
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://pbx');
    switch (pathname.toLowerCase().replace(/\/$/, '')) {
      case '/forwarddialer/click2call.aspx':
        this.order(new URLSearchParams(body), response);
        break;
      case '/comet/api/getextensionscalls':
        reply(response, this.goesOn(searchParams.get('extension')));
        break;
      case '/hub/cdr':
        reply(response, this.history(JSON.parse(body) as LogAsk));
        break;
      default:
        this.strange.push(pathname);
        response.writeHead(404).end();
    }
  }

  private order(form: URLSearchParams, response: ServerResponse): void {
    const { mischief, random } = this.options;
    const missing = NEEDED.find((name) => (form.get(name) ?? '') === '');
    const target = form.get('target') ?? '';
    if (missing !== undefined || form.get('code') !== CODE || !/^972\d{9}$/.test(target)) {
      this.strange.push(missing ?? target);
      reply(response, { ERRORCODE: 1, ERRORMESSAGE: 'Invalid request parameters', CALLID: '' });
      return;
    }
    const luck = random();
    if (luck < mischief.lostOrder) {
      response.destroy();
      return;
    }
    const call = this.place(form.get('phone') ?? '', target, form.get('var_att') ?? '');
    // Whoever waits for it gives up by itself.
    if (luck < mischief.lostOrder + mischief.timeOut) return;
    reply(response, { ERRORCODE: 0, ERRORMESSAGE: 'OK', CALLID: call.id });
  }

  private place(agent: string, number: string, attempt: string): PbxCall {
    const { random, now, tenant } = this.options;
    const luck = random();
    const status = luck < ANSWERED ? 'ANSWER' : luck < ANSWERED + BUSY ? 'BUSY' : 'NOANSWER';
    const startedAt = now();
    const lasts = SHORTEST_MS + (status === 'BUSY' ? 0 : random() * TALK_MS);
    const id = `${String(tenant)}x${String(this.calls.length).padStart(8, '0')}${String(startedAt)}`.padEnd(
      32,
      'c',
    );
    const call: PbxCall = { id, agent, number, attempt, startedAt, endedAt: startedAt + lasts, status };
    this.calls.push(call);
    this.byId.set(id, call);
    this.byNumber.set(number, [...(this.byNumber.get(number) ?? []), call]);
    const goOn = this.byAgent.get(agent) ?? new Set();
    this.byAgent.set(agent, goOn.add(call));
    this.live += 1;
    setTimeout(() => {
      this.live -= 1;
      goOn.delete(call);
      this.teller.tell(call);
    }, lasts);
    return call;
  }

  private goesOn(extension: string | null): object {
    const agents = extension === null ? [...this.byAgent.keys()] : [extension];
    const EXTENSIONS = agents.map((username) => ({
      username,
      peerstatus: 'Reachable',
      calls: [...(this.byAgent.get(username) ?? [])].map(({ id, number, attempt }) => ({
        ...{ ivrid: id, callerphone: number, answered: 1, callstatus: 'Talking', direction: 'Outgoing' },
        customdata: { var_att: attempt },
      })),
    }));
    return { ERR: 0, DESC: 'OK', EXTENSIONS };
  }

  /** Calls that are over. */
  private history({ search }: LogAsk): object {
    const now = this.options.now();
    const byId = search.callID?.flatMap((id) => this.byId.get(id) ?? []);
    const found = byId ?? (search.phones ?? []).flatMap((number) => this.byNumber.get(number) ?? []);
    const rows = found.filter(({ endedAt }) => endedAt <= now);
    return { ERROR_NUMBER: 0, ERROR_DESCRIPTION: 'OK', CDR_LIST: rows.map(rowOf) };
  }
}

interface LogAsk {
  search: { callID?: string[]; phones?: string[] };
}

function rowOf({ id, number, agent, attempt, startedAt, endedAt, status }: PbxCall): object {
  return {
    Date: new Date(startedAt).toISOString().slice(0, 19),
    Type: 'Click2Call leg2',
    CallID: id,
    CallerExtension: agent,
    TargetNumber: number,
    Duration: status === 'ANSWER' ? Math.round((endedAt - startedAt) / 1_000) : 0,
    DialStatus: status,
    CustomData: { var_att: attempt },
  };
}

function reply(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
