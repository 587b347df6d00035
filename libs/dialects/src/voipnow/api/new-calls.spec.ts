/** New calls of the PhoneCalls service: requests as public clients and documentation have them. */
import { orderOf, type Order } from '#domain';
import { HALF_PAST_NINE, askFacade } from '../../conformance/ask-facade.fixture.js';

const ID = '20261121113000abcdef0123456789ab';
const BEARER = { authorization: 'Bearer t0ken' };
const create = (body: unknown, path = '/uapi/phoneCalls/@me/simple') =>
  askFacade('POST', path, {
    headers: { ...BEARER, 'content-type': 'application/json' },
    body: body as object,
  });
const placed = (order: Order) => ({ kind: 'place' as const, callId: ID, order, at: HALF_PAST_NINE });
const CUSTOMER = { kind: 'number', value: '+972501234567' } as const;
const AGENT = { kind: 'extension', value: '0003*210' } as const;

describe('a new call', () => {
  it.each([
    ['source and destination as texts', { source: '0003*210', destination: '0501234567' }],
    ['a source in a list', { source: ['0003*210'], destination: '0501234567' }],
    ['both in lists', { source: ['0003*210'], destination: ['0501234567'] }],
  ])('is read with %s', (_what, view) => {
    const asked = create({ extension: '0003*210', phoneCallView: [view] });
    expect(asked.presented).toEqual({ kind: 'bearer', token: 't0ken' });
    expect(asked.ask).toEqual({
      ok: true,
      ask: {
        kind: 'place',
        order: orderOf('call', AGENT, CUSTOMER, { ringSeconds: { first: 25, second: null } }),
      },
    });
  });

  it('is answered with a list of it', () => {
    const asked = create({
      extension: '0003*210',
      phoneCallView: [{ source: ['0003*210'], destination: '0501234567', callerId: 'John Doe <4242425>' }],
      nonce: 'n-1',
    });
    const reply = asked.tell(placed(orderOf('call', AGENT, CUSTOMER)));
    expect(reply).toMatchObject({ status: 200, contentType: 'application/json; charset=utf-8' });
    expect(JSON.parse(reply.body)).toEqual([
      {
        id: ID,
        extension: '0003*210',
        published: '2026-11-21T11:30:00+02:00',
        phoneCallView: [
          {
            id: '00',
            extension: '0003*210',
            source: ['0003*210'],
            destination: ['+972501234567'],
            flow: 4,
            status: 2,
            callerId: 'John Doe <4242425>',
          },
        ],
        nonce: 'n-1',
      },
    ]);
  });

  it('has only the fields that were asked for', () => {
    const asked = create(
      { extension: '210', phoneCallView: [{ destination: '211' }] },
      '/uapi/phoneCalls/@me/simple?fields=id,Extension',
    );
    expect(JSON.parse(asked.tell(placed(orderOf('call', AGENT, AGENT))).body)).toEqual([
      { id: ID, extension: '210' },
    ]);
  });

  it('shows callers, and rings and lasts as long as was asked', () => {
    const url =
      '/unifiedapi/phoneCalls/@owner/simple/?allowPublicTransfer=true&waitForPickup=30&callDuration=600';
    const view = {
      source: '210',
      destination: '0501234567',
      callerId: 'Acme <0722776772>',
      callerDestination: '<+97237654321>',
    };
    expect(create({ extension: '210', phoneCallView: [view] }, url).ask).toMatchObject({
      ask: {
        order: {
          callerId: { first: '0722776772', second: '+97237654321' },
          callerName: { first: 'Acme', second: null },
          ringSeconds: { first: 30, second: null },
          maxSeconds: 600,
        },
      },
    });
  });

  it('is read from a form as well', () => {
    const body = 'extension=210&phoneCallView[0][source]=210&phoneCallView[0][destination]=0501234567';
    expect(create(body).ask).toMatchObject({ ask: { order: { first: { value: '210' }, second: CUSTOMER } } });
    expect(create('extension=210&source=210&destination=0501234567').ask).toMatchObject({ ok: true });
  });

  it('of type callback rings the customer first, and the extension then', () => {
    const body = { extension: '0003*210', phoneCallView: [{ source: ['0501234567'] }] };
    expect(create(body, '/uapi/phoneCalls/@me/callback').ask).toMatchObject({
      ask: { order: { kind: 'call', first: CUSTOMER, second: AGENT } },
    });
  });

  it('of type conferenceInvite rings the destination for a room with a pin', () => {
    const body = {
      extension: '211',
      phoneCallView: [{ source: ['211'], destination: ['0501234567'], callerId: 'John Doe <4242425>' }],
    };
    const asked = create(body, '/uapi/phoneCalls/@me/conferenceInvite?number=3&pin=2233');
    expect(asked.ask).toMatchObject({
      ask: {
        order: {
          kind: 'conference',
          first: CUSTOMER,
          second: null,
          conferenceRoom: '3',
          conferencePin: '2233',
          callerId: { first: '4242425' },
        },
      },
    });
    const order = orderOf('conference', CUSTOMER, null, { conferenceRoom: '3', conferencePin: '2233' });
    const reply = asked.tell(placed(order)).body;
    expect(JSON.parse(reply)).toMatchObject([
      { phoneCallView: [{ source: ['3'], destination: ['+972501234567'] }] },
    ]);
    expect(reply).not.toContain('2233');
    // Without a scheduled conference the extension is the room.
    expect(create(body, '/uapi/phoneCalls/@me/conferenceInvite').ask).toMatchObject({
      ask: { order: { conferenceRoom: '211' } },
    });
  });

  it.each([
    ['source', {}, 'source'],
    ['destination', { extension: '210' }, 'destination'],
    ['extension', { extension: '<b>', phoneCallView: [{ destination: '211' }] }, 'extension'],
    ['destination', { extension: '210', phoneCallView: [{ destination: '<b>' }] }, 'destination'],
    ['caller', { extension: '210', phoneCallView: [{ destination: '211', callerId: 'Acme' }] }, 'callerid'],
    [
      'pickup',
      { extension: '210', phoneCallView: [{ destination: '211' }], waitForPickup: 301 },
      'waitforpickup',
    ],
    [
      'duration',
      { extension: '210', phoneCallView: [{ destination: '211' }], callDuration: 'x' },
      'callduration',
    ],
  ])('without a good %s is refused', (_what, body, field) => {
    const { ask, fail } = create(body);
    expect(ask).toMatchObject({ ok: false, failure: { code: 'invalid', field } });
    const reply = fail(ask.ok ? { code: 'unavailable' } : ask.failure);
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.body)).toMatchObject({
      error: { code: `${field}_invalid`, message: expect.any(String) as string },
    });
  });

  it.each([
    { extension: '210', phoneCallView: [{ destination: '211' }, { destination: '212' }] },
    { extension: '210', phoneCallView: [{ source: ['5354353', '5302040'], destination: ['5353535'] }] },
    { extension: '210', phoneCallView: [{ source: '210', destination: ['211', '212'] }] },
  ])('is one call of one to one: %j', (body) => {
    const { ask, fail } = create(body);
    expect(ask).toMatchObject({ failure: { code: 'unsupported' } });
    expect(fail(ask.ok ? { code: 'unavailable' } : ask.failure).status).toBe(501);
  });

  it('that cannot be read is refused for its payload', () => {
    expect(create('{"extension":').ask).toMatchObject({ failure: { code: 'invalid', field: 'payload' } });
  });
});
