/** Each driver against its vendor's simulated API over HTTP: what becomes of the answer to an order, and that none is placed twice. */
import { instant, orderOf, type Instant } from '#domain';
import { driverOf, type DriverAccount, type DriverIo, type PbxDriver } from '#pbx';
import { dialectNamed } from '#dialects';
import { HttpSender, targetPolicy } from '#platform';
import {
  API_VENDORS,
  ApiServer,
  FATE_DIGITS,
  FATES,
  type FateDigits,
  type Vendor,
} from '../../apps/simulator/index.js';
import { SocketPeer } from '../harness/socket-peer.js';

type Kind = 'done' | 'refused' | 'unknown';

const CORRELATOR = '019aceb1-2345-7abc-9def-0123456789ab';
const START = Date.UTC(2026, 4, 3, 9, 30);

/** What whoever ordered is told of each fate; vendors say otherwise where their own words differ. */
const TOLD: Readonly<Record<FateDigits, Kind>> = {
  '00': 'done',
  '11': 'done',
  '12': 'done',
  '13': 'done',
  '20': 'refused',
  '21': 'refused',
  '22': 'refused',
  '30': 'unknown',
  '31': 'unknown',
  '32': 'unknown',
  '33': 'unknown',
  '34': 'unknown',
  '35': 'unknown',
  '36': 'done',
  '37': 'unknown',
  '38': 'unknown',
  '40': 'done',
  '41': 'done',
  '42': 'done',
};

interface DrivenVendor {
  vendor: Vendor;
  /** The settings that hold URLs. */
  urls: readonly string[];
  /** The word of the office's first extension. */
  word: 'sip' | 'extension';
  /** What stands before it in all that the vendor says. */
  organisation?: string;
  numbers: DriverAccount['numbers'];
  but: Partial<Record<FateDigits, Kind>>;
  /** Its history is our own: ours are the calls that it told of. */
  keepsNoHistory?: true;
  /** Whoever holds its socket may ask all. */
  hasNoSecrets?: true;
}

/** One line each. */
const VENDORS: readonly DrivenVendor[] = [
  // prettier-ignore
  { vendor: 'voicenter', urls: ['api_url', 'history_url', 'monitor_url', 'login_url'], word: 'sip', numbers: 'e164', but: { '42': 'unknown' } },
  // prettier-ignore
  { vendor: 'voipnow', urls: ['url'], word: 'extension', organisation: '0003*', numbers: 'e164', but: {} },
  // prettier-ignore
  { vendor: 'globalex', urls: ['url', 'history_url'], word: 'extension', numbers: 'local', but: { '35': 'refused' } },
  // What is unclear is looked up: the call has our id.
  // prettier-ignore
  { vendor: 'asterisk', urls: [], word: 'extension', numbers: 'local', but: { '30': 'done', '32': 'done', '37': 'done' }, keepsNoHistory: true, hasNoSecrets: true },
];

interface Rig {
  driver: PbxDriver;
  server: ApiServer;
  account: DriverAccount;
  io: DriverIo;
  extension: string;
  /** Moves the PBX's clock on. */
  pass: (seconds: number) => void;
  now: () => Instant;
}

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function rigFor(driven: DrivenVendor, timeoutMs = 5_000): Promise<Rig> {
  const { vendor, urls, word, organisation = '', numbers } = driven;
  let clock = START;
  const protocol = dialectNamed(vendor)?.socket;
  const peer = protocol && (await SocketPeer.open(protocol));
  const ingressUrl = peer && `${peer.url}/in/t/${vendor}`;
  const server = new ApiServer({ vendor, now: () => clock, ...(ingressUrl !== undefined && { ingressUrl }) });
  const sender = new HttpSender({ policy: targetPolicy(['127.0.0.0/8']) });
  closers.push(() => server.close());
  closers.push(() => {
    sender.close();
    return peer?.close();
  });
  const url = await server.listen();
  const settings = { ...server.account.settings, ...Object.fromEntries(urls.map((name) => [name, url])) };
  const { secrets } = server.account;
  const about = { numbers, country: 'IL', timeZone: 'Asia/Jerusalem' };
  let token: DriverAccount['token'] = null;
  return {
    driver: driverOf(vendor) as PbxDriver,
    server,
    account: { ...about, settings, secrets, token },
    io: {
      send: (request) => sender.send(request),
      ...(peer && { ask: (request) => peer.ask(request, timeoutMs) }),
      now: () => instant(clock),
      timeoutMs,
      keepToken: (kept) => {
        token = kept;
        return Promise.resolve();
      },
    },
    extension: organisation + (server.desk.office.agents[0]?.[word] ?? ''),
    pass: (seconds) => (clock += seconds * 1_000),
    now: () => instant(clock),
  };
}

function numberOf(digits: string): string {
  return `+9725012345${digits}`;
}

function orderTo(digits: string, extension: string) {
  return orderOf(
    'call',
    { kind: 'extension', value: extension },
    { kind: 'number', value: numberOf(digits) },
  );
}

function place({ driver, account, io, extension }: Rig, digits: string) {
  return driver.place(orderTo(digits, extension), CORRELATOR, account, io);
}

it('drives every vendor whose API is played', () => {
  expect(VENDORS.map(({ vendor }) => vendor).sort()).toEqual([...API_VENDORS].sort());
});

describe.each(VENDORS.map((driven) => [driven.vendor, driven] as const))('%s', (_vendor, driven) => {
  it.each(FATE_DIGITS.map((digits) => [digits, FATES[digits].what] as const))(
    'an order to a number with %s at its end (%s) is told as it is, and placed once at most',
    async (digits) => {
      const rig = await rigFor(driven, FATES[digits].answer === 'silence' ? 300 : 5_000);
      const answer = await place(rig, digits);
      expect(answer.kind).toBe(driven.but[digits] ?? TOLD[digits]);
      expect(rig.server.placedTo(numberOf(digits))).toBe(FATES[digits].verdict === 'placed' ? 1 : 0);
      if (answer.kind === 'refused') expect(rig.server.desk.calls).toHaveLength(0);
    },
  );

  it('names the call as the PBX does', async () => {
    const rig = await rigFor(driven);
    expect(await place(rig, '00')).toEqual({ kind: 'done', vendorCallId: rig.server.desk.calls[0]?.id });
  });

  it('rings the customer first where that is ordered', async () => {
    const { driver, server, account, io, extension } = await rigFor(driven);
    const { first, second } = orderTo('00', extension);
    const order = orderOf('call', second ?? first, first);
    expect(await driver.place(order, CORRELATOR, account, io)).toMatchObject({ kind: 'done' });
    expect(server.desk.calls).toMatchObject([{ outside: '0501234500' }]);
  });

  it('says everything that an order can say in words that the vendor takes', async () => {
    const { driver, account, io, server, extension } = await rigFor(driven);
    const order = {
      ...orderTo('00', extension),
      callerId: { first: '+972501234599', second: '+97231234567' },
      callerName: { first: 'Dana', second: 'Acme & Co' },
      ringSeconds: { first: 20, second: 40 },
      maxSeconds: 600,
      record: true,
      language: 'he',
      variables: Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`v${String(at)}`, 'x y'])),
    };
    expect(await driver.place(order, CORRELATOR, account, io)).toMatchObject({ kind: 'done' });
    expect(server.desk.calls).toHaveLength(1);
  });

  it('tells a right account from a wrong one, without its secrets', async () => {
    const { driver, account, io, server } = await rigFor(driven);
    expect(await driver.probe(account, io)).toMatchObject({ kind: 'done' });
    if (driven.hasNoSecrets) return;
    const secrets = Object.fromEntries(Object.keys(account.secrets).map((name) => [name, 'wr0ng-s3cret']));
    const wrong = { ...account, secrets };
    const refused = await driver.probe(wrong, io);
    expect(refused).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(refused)).not.toContain('wr0ng');
    const order = orderTo('00', server.desk.office.agents[0]?.[driven.word] ?? '');
    expect(await driver.place(order, CORRELATOR, wrong, io)).toMatchObject({ kind: 'refused' });
    expect(server.desk.calls).toHaveLength(0);
  });

  it('lists a call while it goes on, and ends it', async () => {
    const rig = await rigFor(driven);
    const { driver, account, io, extension, server, pass } = rig;
    await place(rig, '00');
    const vendorCallId = server.desk.calls[0]?.id ?? '';
    const calls = () => driver.listCalls?.(extension, account, io);
    expect(await calls()).toMatchObject({ calls: [{ vendorCallId, extension, state: 'ringing' }] });
    pass(10);
    expect(await calls()).toMatchObject({ calls: [{ vendorCallId, extension, state: 'answered' }] });
    expect(await driver.extensionState?.(extension, account, io)).toMatchObject({
      state: 'busy',
      vendorCallId,
    });
    expect(await driver.hangUp?.({ extension, vendorCallId }, account, io)).toMatchObject({ kind: 'done' });
    expect(await calls()).toMatchObject({ calls: [] });
    expect(await driver.extensionState?.(extension, account, io)).toMatchObject({ state: 'free' });
  });

  const withHistory = driven.keepsNoHistory ? it.skip : it;

  withHistory('finds a call in the history that was placed although nobody was told so', async () => {
    const rig = await rigFor(driven);
    const { driver, account, io, extension, server, pass, now } = rig;
    const from = now();
    expect(await place(rig, '30')).toMatchObject({ kind: 'unknown' });
    pass(120);
    const wanted = { order: orderTo('30', extension), correlator: CORRELATOR, from, to: from };
    const vendorCallId = server.desk.calls[0]?.id ?? '';
    const found = { kind: 'done', call: { vendorCallId, answered: true, startedAt: from } };
    expect(await driver.findCall?.({ ...wanted, vendorCallId: null }, account, io)).toMatchObject(found);
    expect(await driver.findCall?.({ ...wanted, vendorCallId }, account, io)).toMatchObject(found);
    const other = { ...wanted, order: orderTo('31', extension), vendorCallId: null };
    expect(await driver.findCall?.(other, account, io)).toEqual({ kind: 'done', call: null });
    const earlier = { ...wanted, from: instant(from - 3_600_000), to: instant(from - 3_600_000) };
    expect(await driver.findCall?.({ ...earlier, vendorCallId: null }, account, io)).toEqual({
      kind: 'done',
      call: null,
    });
  });

  withHistory.each([
    ['behind', -10],
    ['ahead', 25],
  ])('finds such a call where the PBX’s clock is %s by minutes', async (_which, minutes) => {
    const rig = await rigFor(driven);
    const { driver, account, extension, server, pass, now } = rig;
    const from = instant(now() - minutes * 60_000);
    const io = { ...rig.io, now: () => instant(now() - minutes * 60_000) };
    await driver.place(orderTo('30', extension), CORRELATOR, account, io);
    pass(120);
    const wanted = { order: orderTo('30', extension), correlator: CORRELATOR, from, to: from };
    const found = await driver.findCall?.({ ...wanted, vendorCallId: null }, account, io);
    expect(found).toMatchObject({ kind: 'done', call: { vendorCallId: server.desk.calls[0]?.id } });
  });

  it('answers all else that it can do', async () => {
    const rig = await rigFor(driven);
    const { driver, account, io, extension, server } = rig;
    await place(rig, '00');
    const [agent] = server.desk.office.agents;
    const state = { code: agent?.code ?? '', extension, queue: null, standing: 'paused', status: 3 } as const;
    const call = { extension, vendorCallId: server.desk.calls[0]?.id ?? '' };
    // What is not recorded cannot be silenced.
    await driver.record?.(call, 'on', account, io);
    const answers = await Promise.all([
      driver.listQueues?.(account, io),
      driver.listExtensions?.(account, io),
      driver.setAgentState?.(state, account, io),
      driver.record?.(call, 'mute', account, io),
    ]);
    for (const answer of answers) expect(answer?.kind ?? 'done').toBe('done');
  });
});
