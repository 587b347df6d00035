import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeResponse } from '#dialects';
import { instant } from '#domain';
import { customerNumber } from '../pbx/israeli-number.js';
import { localClock } from '../pbx/local-clock.js';
import { makeOffice } from '../pbx/office.js';
import { seededRandom } from '../pbx/random.js';
import { Cast } from '../scenarios/cast.js';
import { scenarioScript, type ScenarioName } from '../scenarios/registry.js';
import { planCall } from '../voices/registry.js';
import type { PlannedCall, Vendor } from '../voices/voice.js';
import { CallPlayer, type CallPlayerOptions, type PlayedMessage } from './call-player.js';

const ALL = ['cdr', 'popup', 'ivr', 'layer', 'incoming', 'end', 'event'];
const KINDS = ['dial-in', 'dial-out', 'answer-in', 'answer-out', 'hangup'];
const OFFICE = makeOffice(seededRandom(1), customerNumber);
const wall = localClock(OFFICE.timeZone);

type Taken = { route: string; body: string };
type Answer = (taken: Taken, number: number) => { status?: number; body?: unknown };

let server: Server;
let taken: Taken[];

/** An ingress that says OK to everything but what the test answers itself. @returns its base URL */
async function ingress(answer: Answer = () => ({})): Promise<string> {
  taken = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [path = '', query = ''] = (request.url ?? '').split('?');
      const body = chunks.length > 0 ? Buffer.concat(chunks).toString() : decodeURIComponent(query);
      const one = { route: path.split('/').at(-1) ?? '', body };
      taken.push(one);
      const { status = 200, body: said = usual(one.route) } = answer(one, taken.length);
      const isXml = one.route === 'ivr' && body.startsWith('<');
      const text = isXml ? writeResponse(said as Record<string, string>) : JSON.stringify(said);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/in/token/voicenter`;
}

function usual(route: string): object {
  if (route === 'popup') return { STATUS: 'OK', TOTAL: '1', URL: 'https://crm.example/1', CLIENTNAME: 'A' };
  if (route === 'ivr' || route === 'layer') return { STATUS: 0, ACTION: 'MENU', DATA: { MENU: 'm' } };
  return { err: 0, errdesc: 'OK' };
}

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function planned(scenario: ScenarioName, vendor: Vendor = 'voicenter', seed = 5): PlannedCall {
  const script = scenarioScript(scenario, new Cast(OFFICE, seededRandom(seed)));
  const startedAt = instant(Date.parse('2024-10-13T09:00:00Z'));
  return planCall(vendor, script, { startedAt, wall, seed, routes: [...ALL, ...KINDS] });
}

async function play(baseUrl: string, calls: PlannedCall[], options: Partial<CallPlayerOptions> = {}) {
  const sent: PlayedMessage[] = [];
  const onSent = (one: PlayedMessage) => void sent.push(one);
  const player = new CallPlayer({ speed: Infinity, atOnce: 4, onSent, ...options });
  const played = await player.play(calls.map((call) => ({ call, baseUrl, startsMs: 0 })));
  return { played, sent, report: player.report() };
}

describe('the call player', () => {
  it.each(['voicenter', 'voipnow', 'globalex'] as const)(
    'sends what a %s has to say once and in its order',
    async (vendor) => {
      const call = planned('answeredElsewhere', vendor);
      const { report, sent } = await play(await ingress(), [call]);
      expect(sent.map(({ message }) => message)).toEqual(call.messages);
      expect(report).toMatchObject({ calls: 1, sent: call.messages.length, refused: 0, faults: {} });
    },
  );

  it('keeps the order of each call while it plays several at once', async () => {
    const calls = [1, 2, 3, 4, 5].map((seed) => planned('queueAnswered', 'globalex', seed));
    const { sent } = await play(await ingress(), calls);
    for (const call of calls) {
      const own = sent.filter((one) => one.call === call).map(({ message }) => message);
      expect(own).toEqual(call.messages);
    }
  });

  it('disorders on purpose: some overtake others, some come twice, none is missing', async () => {
    const call = planned('missedByRingGroup', 'voipnow');
    const { sent } = await play(await ingress(), [call], { disorderSeed: 3 });
    const messages = sent.map(({ message }) => message);
    expect(new Set(messages)).toEqual(new Set(call.messages));
    expect(messages.length).toBeGreaterThan(call.messages.length);
    expect([...new Set(messages)]).not.toEqual(call.messages);
  });

  it('repeats what was not taken, as the vendors do, and gives up in the end', async () => {
    const url = await ingress((_, number) => ({ status: number === 1 ? 503 : 200 }));
    const { report } = await play(url, [planned('outgoingBusy', 'globalex')]);
    expect(report).toMatchObject({ sent: 1, taken: 1, refused: 0, retries: 1, statuses: { 200: 1, 503: 1 } });
  });

  it('does not repeat a question: whoever waited for the answer has gone on', async () => {
    const url = await ingress(({ route }) => (route === 'popup' ? { status: 503 } : {}));
    const { report, sent } = await play(url, [planned('answered')]);
    expect(report).toMatchObject({ refused: 3, taken: 1, retries: 0 });
    expect(sent.at(-1)).toMatchObject({ status: 200, message: { route: 'cdr' } });
  });

  it('judges what it is answered', async () => {
    const url = await ingress(({ route }) => ({ body: route === 'popup' ? { STATUS: 'OK' } : { err: 2 } }));
    const { report } = await play(url, [planned('answered')]);
    expect(report.faults).toEqual({ 'no TOTAL': 3, 'err 2': 1 });
  });

  it('told to stop, begins no further call and ends those that it began without their pauses', async () => {
    const stop = new AbortController();
    const calls = [1, 2, 3].map((seed) => planned('answered', 'voipnow', seed));
    const { report } = await play(await ingress(), calls, {
      speed: 1,
      atOnce: 1,
      signal: stop.signal,
      onSent: () => stop.abort(),
    });
    expect(report).toMatchObject({ calls: 1, sent: 3, taken: 3 });
  });
});

describe('a caller in a menu', () => {
  const isQuestion = ({ body }: Taken) => body.includes('GET_IVR_ACTION');

  it('follows from menu to menu with what he presses', async () => {
    const url = await ingress(({ body, route }, number) =>
      isQuestion({ body, route })
        ? { body: { STATUS: 0, ACTION: 'MENU', DATA: { MENU: `m${String(number)}` } } }
        : {},
    );
    const { report } = await play(url, [planned('ivrWalk')]);
    const asked = taken.filter(isQuestion).map(({ body }) => body);
    expect(asked[0]).toMatch(/"?MENU"?[\s\S]*-1/);
    expect(asked[1]).toContain('m1');
    expect(asked[2]).toMatch(/m2[\s\S]*m1/);
    expect(report.actions).toMatchObject({ MENU: 3 });
  });

  it('who is put through presses nothing more', async () => {
    const url = await ingress((one) =>
      isQuestion(one) ? { body: { STATUS: 0, ACTION: 'CALL', DATA: { TARGET: '101' } } } : {},
    );
    const { sent, report } = await play(url, [planned('ivrWalk')]);
    expect(taken.filter(isQuestion)).toHaveLength(1);
    expect(report.actions).toEqual({ CALL: 1, known: 3 });
    expect(sent.at(-1)?.message.label).toBe('CDR Incoming Call ANSWER');
  });

  it('who is hung up rings no phone, and the call is told as one that ended in the menu', async () => {
    const url = await ingress((one) =>
      isQuestion(one) ? { body: { STATUS: 0, ACTION: 'HANGUP', DATA: { HANGUP_CAUSE: 16 } } } : {},
    );
    const { sent, played } = await play(url, [planned('ivrWalk')]);
    const labels = sent.map(({ message }) => message.label);
    expect(labels).toEqual(['enters the menu', 'hangs up', 'CDR Incoming Call VOEND']);
    expect(played[0]?.expected).toMatchObject([{ result: 'ivr_only', ivrDigits: '' }]);
  });

  it('goes on in the menu of the PBX when it is told nothing useful', async () => {
    const url = await ingress((one) => (isQuestion(one) ? { body: { STATUS: 1 } } : {}));
    const { report, sent } = await play(url, [planned('ivrWalk')]);
    expect(report).toMatchObject({ actions: { fallback: 1, known: 3 }, faults: {} });
    expect(sent.at(-1)?.message.label).toBe('CDR Incoming Call ANSWER');
  });

  it('has what a layer gave him to remember in his CDR', async () => {
    const url = await ingress(({ route }) =>
      route === 'layer'
        ? { body: { STATUS: 0, ACTION: 'GO_TO_LAYER', LAYER: 2, CUSTOM_DATA: { client: 77 } } }
        : {},
    );
    await play(url, [planned('ivrLayers')]);
    expect(taken.at(-1)).toMatchObject({ route: 'cdr' });
    expect(taken.at(-1)?.body).toMatch(/CustomData[\s\S]*client[\s\S]*77/);
  });
});
