/** A real Asterisk dials us, is dialled by us, and keeps dialling while we are killed: what we say of all its calls is what its own books say. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AsteriskDesk } from '../harness/asterisk/asterisk-desk.js';
import { compareWithBooks } from '../harness/asterisk/compare-with-books.js';
import { KINDS, ManyCalls, planCalls } from '../harness/asterisk/many-calls.js';
import { testAsterisk } from '../harness/asterisk/test-asterisk.js';
import { BACKENDS, type Backend } from '../harness/backends.js';
import { until } from '../harness/until.js';

const WITHIN_MS = 60_000;
/** Between the beginnings of two of the many calls. */
const EVERY_MS = 140;
const SEED = 16;

const program = await testAsterisk();
const whereItIs = program === undefined ? describe.skip : describe;

whereItIs.each(BACKENDS)('a real Asterisk, on $name', (backend: Backend) => {
  let desk: AsteriskDesk;

  beforeAll(async () => {
    if (program !== undefined) desk = await AsteriskDesk.open(backend, program);
  });
  afterAll(() => desk.close());

  it('rings the extension of an order with our id, is hung up by us, and both parts are told', async () => {
    const { office } = desk;
    const customer = '0501234511';
    const order = await desk.orderUntilPlaced('107', customer);
    const agent = await until('the extension to ring', () =>
      office.seen.find(({ phone }) => phone === '107'),
    );
    expect(agent.call.header('x-ivr-unique-id')).toHaveLength(32);
    const id = order.vendorCallId ?? '';
    const many = new ManyCalls(office, () => Promise.resolve());
    const dialled = await until('the customer to answer', () =>
      many.toCustomer(customer).find(({ answeredAt }) => answeredAt !== null),
    );
    const going = await until('the call to be known', async () => {
      const call = (await desk.records()).get(id);
      return call?.legs.length === 2 && call.legs.every(({ state }) => state === 'answered')
        ? call
        : undefined;
    });
    await desk.ask('POST', `/v1/calls/${going.id}/hang-up`);
    await Promise.all([agent.call.ended, dialled.call.ended]);
    await desk.untilTold([id]);
    const record = (await desk.records()).get(id);
    expect(record).toMatchObject({ result: 'answered', direction: 'outbound', extension: '107' });
    expect(record?.legs.map(({ key, result }) => [key, result])).toEqual([
      ['agent', 'answered'],
      ['customer', 'answered'],
    ]);
    for (const type of ['order.placed', 'call.ringing', 'call.answered', 'call.ended'])
      await until(type, () => desk.chain.crm.delivered.some(({ event }) => event.type === type), WITHIN_MS);
    await until('the order to be over', async () => (await desk.orderState(order.id)).state === 'ended');
  });

  it('refuses an order for an extension that has no phone, and rings nobody', async () => {
    const rung = desk.office.seen.length;
    expect(await desk.order('109', '0501234513', 'no phone')).toMatchObject({ status: 422 });
    expect((await desk.office.books()).size).toBe(1);
    expect(desk.office.seen.length).toBe(rung);
  });
});

const [backend] = BACKENDS.slice(-1);

whereItIs(
  `two hundred calls of a real Asterisk with two lines while we are killed twice, on ${backend?.name ?? ''}`,
  () => {
    let desk: AsteriskDesk;

    beforeAll(async () => {
      if (program === undefined || backend === undefined) return;
      desk = await AsteriskDesk.open(backend, program, { lines: 2 });
    });
    afterAll(() => desk.close());

    it('are told as its own books have them, and every order is dialled once', async () => {
      const { office, chain } = desk;
      const calls = planCalls(SEED);
      const many = new ManyCalls(office, (extension, customer) => desk.orderUntilPlaced(extension, customer));
      const begun = performance.now();
      const playing = many.playAll(calls, EVERY_MS);
      const reached = (share: number): Promise<unknown> =>
        until('so many calls', () => performance.now() - begun > calls.length * EVERY_MS * share, WITHIN_MS);
      // Each is a second behind when it dies: so much is lost that Asterisk has told it.
      await reached(0.35);
      const killed = await desk.socketOf(1);
      desk.freeze('ingress');
      await reached(0.39);
      await desk.kill('ingress');
      await reached(0.7);
      // On a slow machine it takes its time: with both lines away at once nobody tells.
      await until('the first line to be back', async () => {
        const open = await desk.socketOf(1);
        return open !== undefined && open !== killed;
      });
      const rungBefore = office.seen.length;
      desk.freeze('second ingress');
      await until('phones to ring that it does not hear of', () => office.seen.length > rungBefore + 5);
      await desk.kill('second ingress', 'enricher', 'forwarder');
      await playing;
      const played = performance.now();
      const expected = calls.length + KINDS.handedOver;
      await until(
        'the last line of the books',
        async () => (await office.books()).size >= expected,
        WITHIN_MS,
      );
      const books = await office.books();
      await desk.untilTold(books.keys());
      const settled = performance.now();
      const records = await desk.records();
      const { differences, figures } = compareWithBooks(records, [...books.values()], office);
      const seconds = (ms: number): number => Math.round(ms / 100) / 10;
      const took = { playedSeconds: seconds(played - begun), toldSecondsLater: seconds(settled - played) };
      process.stderr.write(`asterisk: ${JSON.stringify({ kinds: KINDS, ...took, ...figures })}\n`);

      expect(differences).toEqual([]);
      // Nor is there a call of which its books know nothing.
      const booked = new Set([...books.values()].flatMap(({ id, channels }) => [id, ...channels]));
      expect([...records.values()].filter(({ vendorCallId }) => !booked.has(vendorCallId))).toEqual([]);
      const ordered = calls.filter(({ kind }) => kind === 'ordered');
      expect(ordered.map(({ customer }) => many.toCustomer(customer).length)).toEqual(ordered.map(() => 1));
      expect(new Set(desk.toldOfEnd()).size).toBe(desk.toldOfEnd().length);
      chain.crm.verify(chain.endpoint.secret);
    });
  },
);
