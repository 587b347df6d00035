import type { RunningProcess } from '#platform';
import { makeSource } from '../builders/contact-source.js';
import { BACKENDS } from '../harness/backends.js';
import type { LiveClient } from '../harness/live-client.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { SourceServer, names } from '../harness/source-server.js';
import { until } from '../harness/until.js';

const STRANGER = '972522345678';
const ANN = { id: 'crm-7', name: 'Ann Other', company: 'Acme', phones: ['052-234-5678'] };

describe.each(BACKENDS)('whom a source of contacts knows, on $name', (backend) => {
  let live: LiveOffice;
  let worker: RunningProcess;
  let source: SourceServer;
  let office: Office;
  let page: LiveClient;

  beforeAll(async () => {
    live = await LiveOffice.open(backend);
    worker = await live.popupWorker({ EGRESS_ALLOW: '127.0.0.1/32' });
    source = await SourceServer.open();
  });
  afterAll(async () => {
    await worker.close();
    await source.close();
    await live.close();
  });
  beforeEach(async () => {
    office = await live.office();
    await makeSource(live.world.sql, office.tenantId, { url: source.url, timeoutMs: 10_000 });
    page = await live.connect({ token: office.key });
  });
  afterEach(() => {
    page.close();
  });

  const named = (ivrid: string) =>
    page.popups.filter((popup) => popup.vendorCallId === ivrid && popup.contacts[0]?.name === 'Ann Other');
  const contactOf = async (ivrid: string) => {
    const [row] = await live.world.sql.rows<{ record: { match?: { contact: { name: string } | null } } }>(
      'SELECT record FROM call WHERE connection_id = $1 AND vendor_call_id = $2',
      [office.connection.id, ivrid],
    );
    return row?.record.match?.contact?.name;
  };

  it('is on the screen and in the call when the answer comes after the popup', async () => {
    const answer = heldBack();
    source.play(names([ANN], answer.given));
    await live.popup(office, { phone: STRANGER, ivrid: 'late', extenUser: '101', status: 'Ringing' });
    await until('the popup', () => page.popups.some((popup) => popup.vendorCallId === 'late'));
    expect(named('late')).toEqual([]);
    answer.give();
    const [popup] = await until('the name', () => (named('late').length > 0 ? named('late') : undefined));
    expect(popup).toMatchObject({ agent: office.dana, state: 'ringing', total: 1 });
    expect(await contactOf('late')).toBe('Ann Other');
  });

  it('leaves what somebody chose', async () => {
    const held = heldBack();
    source.play(names([ANN], held.given));
    await live.popup(office, { phone: STRANGER, ivrid: 'chosen', extenUser: '101', status: 'Ringing' });
    const call = await until('the popup', () =>
      page.popups.find(({ vendorCallId }) => vendorCallId === 'chosen'),
    );
    const key = await live.key(office.tenantId, ['read', 'write']);
    const answer = await fetch(`${live.url()}/v1/calls/${call.call}/contact`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ contactId: null }),
    });
    expect(answer.status).toBe(202);
    const words = () =>
      live.world.sql.rows<{ state: string }>(
        `SELECT state FROM receipt WHERE connection_id = $1 AND route = 'switchhook' AND state = 'done'`,
        [office.connection.id],
      );
    await until('the choice to be read', async () => (await words()).length === 1);
    held.give();
    await until('both words to be read', async () => (await words()).length === 2);
    expect(await contactOf('chosen')).toBeUndefined();
    expect(named('chosen')).toEqual([]);
  });
});

/** An answer that is given when the test says so, and not by the clock. */
function heldBack(): { given: Promise<void>; give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
