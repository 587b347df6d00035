/** What is kept of records in CRMs, as the database keeps it: the same rules as the ledger of the connectors' own tests. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CrmStore } from '#db';
import type { CrmContact, CrmLedger, WrittenEntry } from '#crm';
import { instant, type CallId, type TenantId } from '#domain';
import { newId } from '#platform';
import { keptByDatabase } from '../../apps/forwarder/crm/kept-by-database.js';
import { oweDeliveries } from '../builders/delivery.js';
import { makeCall } from '../builders/history.js';
import { makeConnection, makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const E164 = '+972545551234';
const NOA: CrmContact = { id: '7', type: 'Contact', name: 'Noa', url: null, ownerId: null };
const BEN: CrmContact = { ...NOA, id: '8', name: 'Ben' };
const WROTE: WrittenEntry = {
  ...{ subject: 'A call', body: 'Of somebody', outcome: null, ownerId: null },
  ...{ recordingUrl: null, talkSeconds: 60, result: 'answered' },
};
const FIRST = { record: { id: 'r1', type: 'Call' }, wrote: WROTE, sequence: 2, stands: null, anew: {} };

let world: World;
let tenantId: TenantId;
let endpoint: TestEndpoint;
let callId: CallId;
let ledger: CrmLedger;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  tenantId = await makeTenant(world.sql);
  endpoint = await makeEndpoint(world.sql, tenantId, { url: 'http://crm.invalid/', format: 'espocrm' });
  callId = newId<CallId>();
  ledger = ledgerOf(callId);
  await world.sql.rows(
    `INSERT INTO mailbox (kind, id, fence, lease_until, not_before) VALUES ('endpoint', $1, 1, now(), now())
     ON CONFLICT (kind, id) DO UPDATE SET fence = 1`,
    [endpoint.id],
  );
});

function ledgerOf(id: CallId): CrmLedger {
  const owner = { tenantId, endpointId: endpoint.id, callId: id, fence: '1' };
  return keptByDatabase(new CrmStore(world.hot), owner);
}

/** All that was kept is of so long ago. */
async function pass(seconds: number): Promise<void> {
  for (const table of ['crm_log', 'crm_contact']) {
    await world.sql.rows(
      `UPDATE ${table} SET begun_at = begun_at - $2 * interval '1 s', asked_at = asked_at - $2 * interval '1 s'
       WHERE endpoint_id = $1`,
      [endpoint.id, seconds],
    );
  }
}

describe('what is kept before a CRM is asked', () => {
  it('says when it was asked last, for a record and for a contact', async () => {
    await ledger.beginLog(null, null);
    await ledger.beginContact(E164);
    await pass(90);
    const before = await ledger.read(E164);
    await ledger.beginLog(NOA, null);
    await ledger.beginContact(E164);
    const after = await ledger.read(E164);
    const seconds = [
      Number(after.log?.askedAt) - Number(before.log?.askedAt),
      Number(after.contact?.askedAt) - Number(before.contact?.askedAt),
    ].map((ms) => Math.floor(ms / 1000));
    expect(Math.min(...seconds)).toBeGreaterThanOrEqual(90);
    expect(after.log?.contact).toEqual(NOA);
  });

  it('says among whom people have to choose, also when the record is found by a later try', async () => {
    await ledger.beginLog(null, [NOA, BEN]);
    expect((await ledger.read(E164)).log).toMatchObject({ state: 'writing', undecided: true });
    await ledger.keepLog({ ...FIRST, contact: null });
    expect((await ledger.read(E164)).log).toMatchObject({ state: 'written', undecided: true });
  });

  it('has nobody choose where the next try found whose it is', async () => {
    await ledger.beginLog(null, [NOA, BEN]);
    await ledger.beginLog(BEN, null);
    expect((await ledger.read(E164)).log).toMatchObject({ contact: BEN, undecided: false });
  });

  it('says where the record stands, and of the second ones where they were asked for', async () => {
    const anew = { '7': { askedAt: instant(7), wrote: WROTE } };
    await ledger.beginLog(null, [NOA, BEN]);
    await ledger.keepLog({ ...FIRST, contact: null });
    expect((await ledger.read(E164)).log).toMatchObject({ stands: null, anew: {} });
    await ledger.beginAnew(anew);
    expect((await ledger.read(E164)).log).toMatchObject({ state: 'written', contact: null, anew });
    const stands = { contact: NOA, anewFor: '7' };
    await ledger.keepLog({ ...FIRST, contact: null, stands, anew });
    expect((await ledger.read(E164)).log).toMatchObject({ contact: null, stands, anew, undecided: true });
  });

  it('takes back a contact that seems to be gone, knows when it was made, and leaves what people said', async () => {
    await ledger.beginContact(E164);
    await pass(90);
    await ledger.keepContact(E164, NOA);
    await ledger.forgetContact(E164);
    const before = (await ledger.read(E164)).contact;
    expect(before).toMatchObject({ state: 'written', contact: NOA });
    await ledger.doubtContact(E164);
    expect((await ledger.read(E164)).contact).toEqual({ ...before, state: 'writing', contact: null });
    await ledger.keepContact(E164, BEN);
    await world.sql.rows('UPDATE crm_contact SET chosen = true WHERE endpoint_id = $1', [endpoint.id]);
    await ledger.doubtContact(E164);
    await ledger.forgetContact(E164);
    await ledger.beginContact(E164);
    await ledger.keepContact(E164, NOA);
    expect((await ledger.read(E164)).contact).toMatchObject({ state: 'written', contact: BEN, chosen: true });
  });

  it('says on whom a task was asked for, where the log does not', async () => {
    await ledger.beginTask(NOA);
    await ledger.keepTask('t1');
    expect((await ledger.read(E164)).log).toMatchObject({ state: 'writing', contact: NOA, taskId: 't1' });
    const other = ledgerOf(newId<CallId>());
    await other.keepLog({ ...FIRST, contact: BEN });
    await other.beginTask(NOA);
    expect((await other.read(E164)).log).toMatchObject({ state: 'written', contact: BEN, taskId: '' });
  });
});

describe('who spoke last with a number', () => {
  it('is of the latest call of which somebody is known, whichever form of the number it had', async () => {
    const connection = await makeConnection(world.sql, tenantId);
    const agent = { id: null, code: '7', name: 'Dana', email: 'dana@example.com' };
    const spoke = async (startedAt: number, served: object, customerNumber = '+541123456789') => {
      const id = await makeCall(world.sql, connection, { customerNumber, startedAt });
      await oweDeliveries(world.sql, endpoint, [{ callId: id, eventType: 'call.ended', payload: served }]);
    };
    await expect(ledger.lastServed('+541123456789')).resolves.toBeNull();
    await spoke(Date.UTC(2026, 10, 20), { agent: null, extension: '101' });
    await expect(ledger.lastServed('+5491123456789')).resolves.toEqual({ agent: null, extension: '101' });
    await spoke(Date.UTC(2026, 10, 21), { agent, extension: null });
    await spoke(Date.UTC(2026, 10, 22), { agent: null, extension: null });
    await spoke(Date.UTC(2026, 10, 23), { agent, extension: '102' }, '+541123456780');
    await expect(ledger.lastServed('+5491123456789')).resolves.toEqual({ agent, extension: null });
  });
});
