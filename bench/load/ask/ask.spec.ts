import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readParty } from '#domain';
import type { AskOrder } from './ask-contract.js';
import { CALLERS, callerE164, callerName } from './popup-callers.js';
import { popupQuestions } from './popup-questions.js';
import { runAsk } from './run-ask.js';

const PREFIX = '20261121070000test';

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Popup {
  tenant: number;
  phone: string;
  ivrid: string;
  status: string;
}

/** A stub ingress with one tenant a path, that answers as it is told. */
async function ingress(answer: (popup: Popup, response: ServerResponse) => void): Promise<AskOrder> {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const popup = JSON.parse(Buffer.concat(chunks).toString()) as Popup;
      answer({ ...popup, tenant: Number(request.url?.slice(1)) }, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const urls = [0, 1, 2].map((tenant) => `${origin}/${String(tenant)}`);
  return { questions: 'popup', loop: 'open', rate: 500, seconds: 0.1, lanes: 4, urls, prefix: PREFIX };
}

const nameFor = ({ tenant, phone }: Popup) => {
  const caller = Array.from({ length: CALLERS }, (_one, number) => number).find(
    (number) => callerE164(number) === `+${phone}`,
  );
  return callerName(tenant, caller ?? -1);
};

function reply(response: ServerResponse, name: string, status = 200): void {
  const body = JSON.stringify({
    STATUS: 'OK',
    URL: '',
    CLIENTNAME: name,
    TOTAL: name === '' ? 0 : 1,
    COMPANY: '',
  });
  response.writeHead(status, { 'content-length': Buffer.byteLength(body) }).end(body);
}

const nobody = () => undefined;

describe('questions', () => {
  it('finds nothing wrong when every caller is named as the tenant knows him', async () => {
    const taken: Popup[] = [];
    const order = await ingress((popup, response) => {
      taken.push(popup);
      reply(response, nameFor(popup));
    });
    const { wrong, examples, statuses } = await runAsk(order, nobody);
    expect([wrong, examples]).toEqual([0, []]);
    expect(statuses).toEqual(new Uint16Array(50).fill(200));
    expect(new Set(taken.map(({ ivrid }) => ivrid)).size).toBe(50);
    expect(taken.filter((popup) => nameFor(popup) === '')).toHaveLength(25);
  });

  it('counts names that are missing, too many or another tenant’s, and shows some', async () => {
    const order = await ingress((popup, response) =>
      reply(response, nameFor({ ...popup, tenant: popup.tenant + 1 })),
    );
    const { wrong, examples } = await runAsk(order, nobody);
    expect([wrong, examples.length]).toEqual([50, 3]);
  });

  it('does not count what was refused or is no JSON as right', async () => {
    const refusing = await ingress((popup, response) => reply(response, nameFor(popup), 503));
    expect((await runAsk(refusing, nobody)).wrong).toBe(0);
    server.close();
    const babbling = await ingress((_popup, response) =>
      response.writeHead(200, { 'content-length': 2 }).end('ok'),
    );
    expect((await runAsk(babbling, nobody)).wrong).toBe(50);
  });
});

describe('the callers of POPUP', () => {
  it('have valid numbers, each of which half of the tenants know', () => {
    for (let caller = 0; caller < CALLERS; caller += 1) {
      expect(readParty(callerE164(caller), '').e164).toBe(callerE164(caller));
      expect([callerName(0, caller), callerName(1, caller)].filter((name) => name !== '')).toHaveLength(1);
    }
  });

  it('call every tenant', () => {
    const { request } = popupQuestions({ urls: ['http://h:1/a', 'http://h:1/b'], prefix: PREFIX });
    expect([0, 1, 2].map((question) => request(question).toString().split(' ')[1])).toEqual([
      '/a',
      '/b',
      '/a',
    ]);
  });
});
