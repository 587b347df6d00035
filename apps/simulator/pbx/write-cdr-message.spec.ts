import { instant } from '#domain';
import type { Cdr } from './cdr.js';
import { customerNumber } from './israeli-number.js';
import { localClock } from './local-clock.js';
import { makeOffice } from './office.js';
import { plausibleCall } from './plausible-call.js';
import { seededRandom } from './random.js';
import { writeCdrMessage } from './write-cdr-message.js';

const random = seededRandom(4);
const office = makeOffice(random, customerNumber);
const startedAt = instant(Date.parse('2024-10-01T09:00:00Z'));
const [queued] = plausibleCall({ office, startedAt, wall: localClock(office.timeZone), random }, 'queue');
const cdr = {
  ...(queued?.cdr as Cdr),
  representative_name: 'A & B <c> שירה',
  IVR: [{ layer_id: 1, layer_name: 'Main', layer_number: 0, Dtmf: 2, dtmf_order: 1 }],
};

describe('a CDR message', () => {
  it('as JSON is the CDR', () => {
    const { contentType, body } = writeCdrMessage(cdr, 'json');
    expect(contentType).toBe('application/json');
    expect(JSON.parse(body)).toEqual(cdr);
  });

  it('as a form has the same fields as text, and the menu as JSON', () => {
    const form = new URLSearchParams(writeCdrMessage(cdr, 'form').body);
    expect(form.get('time')).toBe(String(cdr.time));
    expect(form.get('representative_name')).toBe(cdr.representative_name);
    expect(JSON.parse(form.get('IVR') ?? '')).toEqual(cdr.IVR);
  });

  it('as XML-RPC calls CDR with one struct in the types of the seed', () => {
    const { contentType, body } = writeCdrMessage(cdr, 'xmlrpc');
    expect(contentType).toBe('text/xml');
    const members = new Map(
      [...body.matchAll(/<member><name>(\w+)<\/name><value>(.*?)<\/value><\/member>/g)].map(
        ([, name, value]): [string | undefined, string | undefined] => [name, value],
      ),
    );
    expect(body).toContain('<methodCall><methodName>CDR</methodName><params><param><value><struct><member>');
    expect(members.get('time')).toBe(`<i8>${String(cdr.time)}</i8>`);
    expect(members.get('queueid')).toBe(`<i4>${String(cdr.queueid)}</i4>`);
    expect(members.get('callerextension')).toBe('<string />');
    expect(members.get('representative_name')).toBe('<string>A &amp; B &lt;c&gt; שירה</string>');
  });

  it('tells the wait in the queue only in JSON, as the vendor does', () => {
    expect(writeCdrMessage(cdr, 'json').body).toContain('seconds_waiting_in_queue');
    expect(writeCdrMessage(cdr, 'form').body).not.toContain('seconds_waiting_in_queue');
    expect(writeCdrMessage(cdr, 'xmlrpc').body).not.toContain('seconds_waiting_in_queue');
  });
});
