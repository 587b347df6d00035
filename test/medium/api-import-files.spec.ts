import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { csvOfVCards } from '../../apps/api/imports/csv-of-vcards.js';
import { FILE, ImportDesk, contactsOf, countsOf, facts } from '../harness/import-desk.js';
import type { Json } from '../harness/api.js';

let desk: ImportDesk;
beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());

describe('a file of contacts', () => {
  it('is looked at, and nothing is imported before somebody says so', async () => {
    const tenant = await desk.api.tenant();
    const { status, body } = await desk.upload(tenant.client, FILE, '?country=il&fileName=contacts.csv');
    expect([status, body]).toMatchObject([
      201,
      {
        state: 'waiting',
        fileName: 'contacts.csv',
        charset: 'utf-8',
        delimiter: ',',
        hasHeader: true,
        country: 'IL',
        columns: ['externalId', 'name', 'company', 'phone:mobile', 'phone:work', ''],
      },
    ]);
    expect((body['sample'] as string[][])[0]).toEqual([
      ...['1', 'Cohen, Dana', 'Acme Ltd', '050-234-5678', '02-6251234', 'gold'],
    ]);
    expect(await contactsOf(tenant)).toEqual([]);
  });

  it('becomes contacts, each number found in the spelling of the country', async () => {
    const tenant = await desk.api.tenant();
    const columns = ['externalId', 'name', 'company', 'phone:mobile', 'phone:work', 'metadata:segment'];
    const done = await desk.imported(tenant.client, FILE, { columns });
    expect(done['handledBytes']).toBe(done['bytes']);
    expect(countsOf(done)).toEqual({
      ...{ state: 'done', rows: 3, made: 3, changed: 0, unchanged: 0, repeated: 0, failed: 0 },
    });
    expect(
      (await contactsOf(tenant)).map(facts).toSorted((a, b) => Number(a.externalId) - Number(b.externalId)),
    ).toEqual([
      {
        ...{ externalId: '1', name: 'Cohen, Dana', company: 'Acme Ltd', metadata: { segment: 'gold' } },
        phones: ['+972502345678 mobile', '+97226251234 work'],
      },
      { externalId: '2', name: 'José Núñez', company: null, metadata: {}, phones: ['+34912345678 mobile'] },
      {
        ...{ externalId: '3', name: 'דוד לוי', company: 'חברה', metadata: { segment: 'silver' } },
        phones: ['+972722776772 mobile'],
      },
    ]);
  });

  it('changes nothing when it is imported again, and what differs when it differs', async () => {
    const tenant = await desk.api.tenant();
    await desk.imported(tenant.client, FILE);
    const [before] = await contactsOf(tenant);
    expect(countsOf(await desk.imported(tenant.client, FILE))).toMatchObject({
      made: 0,
      changed: 0,
      unchanged: 3,
    });
    expect((await contactsOf(tenant))[0]).toEqual(before);
    const other = FILE.replace('Acme Ltd', 'Acme GmbH').replace('0722776772', '');
    expect(countsOf(await desk.imported(tenant.client, other))).toMatchObject({
      made: 0,
      changed: 2,
      unchanged: 1,
    });
    const after = (await contactsOf(tenant)).map(facts);
    expect(after.find(({ externalId }) => externalId === '1')?.company).toBe('Acme GmbH');
    expect(after.find(({ externalId }) => externalId === '3')?.phones).toEqual([]);
  });

  it('without ids finds whoever has the name and one of the numbers', async () => {
    const tenant = await desk.api.tenant();
    const file = 'Name,Phone,Phone\nDana,0502345678,026251234\nDavid,0502345678,\n';
    expect(countsOf(await desk.imported(tenant.client, file))).toMatchObject({ made: 2 });
    const again = 'Name;Phone\nDANA;026251234\nDavid;0502345678\nDavid;0722776772\n';
    expect(countsOf(await desk.imported(tenant.client, again))).toMatchObject({
      made: 1,
      changed: 1,
      unchanged: 1,
    });
    expect(await contactsOf(tenant)).toHaveLength(3);
  });

  it('with a contact in it several times is as if its rows had been imported one after the other', async () => {
    const tenant = await desk.api.tenant();
    const file = 'id,name,phone\n1,A,0502345678\n2,B,\n1,C,026251234\n1,D,0722776772\n';
    expect(countsOf(await desk.imported(tenant.client, file))).toMatchObject({
      rows: 4,
      made: 2,
      repeated: 2,
    });
    expect((await contactsOf(tenant)).map(facts)).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'D', phones: ['+972722776772 null'] })]),
    );
  });

  it.each([
    [
      'windows-1255',
      Buffer.from([...Buffer.from('name,phone\n'), 0xe3, 0xe5, 0xe3, ...Buffer.from(',0502345678\n')]),
    ],
    ['utf-16le', Buffer.from('\ufeffname,phone\nדוד,0502345678\n', 'utf16le')],
    ['utf-16le', Buffer.from('name,phone\nדוד,0502345678\n', 'utf16le')],
    ['utf-16be', Buffer.from('\ufeffname\tphone\nדוד\t0502345678\n', 'utf16le').swap16()],
    ['utf-8', Buffer.from('\ufeffname|phone\r\nדוד|0502345678')],
  ])('in %s is read as it was written', async (charset, file) => {
    const tenant = await desk.api.tenant();
    const { body } = await desk.upload(tenant.client, file, '?country=IL');
    expect(body).toMatchObject({ charset, hasHeader: true, columns: ['name', 'phone'] });
    await tenant.client.post(`/v1/contacts/imports/${String(body['id'])}/start`, {});
    await desk.rig.drain(String(body['id']));
    expect((await contactsOf(tenant)).map(facts)).toMatchObject([
      { name: 'דוד', phones: ['+972502345678 null'] },
    ]);
  });

  it('is counted by a dry run, which changes nothing, and can be started afterwards', async () => {
    const tenant = await desk.api.tenant();
    const { body } = await desk.upload(tenant.client, FILE, '?country=IL');
    const path = `/v1/contacts/imports/${String(body['id'])}`;
    await tenant.client.post(`${path}/start`, { dryRun: true });
    await desk.rig.drain(String(body['id']));
    const checked = (await tenant.client.get(path)).body;
    expect(countsOf(checked)).toMatchObject({ state: 'checked', rows: 3, made: 3 });
    expect(await contactsOf(tenant)).toEqual([]);
    await tenant.client.post(`${path}/start`, {});
    await desk.rig.drain(String(body['id']));
    expect(countsOf((await tenant.client.get(path)).body)).toMatchObject({ state: 'done', rows: 3, made: 3 });
    expect(await contactsOf(tenant)).toHaveLength(3);
  });

  it('with bad cells costs the cells, and tells of each with its row', async () => {
    const tenant = await desk.api.tenant();
    const file = 'name,email,phone\nDana,dana@,050-234-5678\n,,\n"a\nb",b@x.example,12 monkeys\n';
    const done = await desk.imported(tenant.client, file);
    expect(countsOf(done)).toMatchObject({ rows: 3, made: 2, failed: 1 });
    const faults = await tenant.client.get(`/v1/contacts/imports/${String(done['id'])}/faults`);
    expect(faults.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(faults.text.split('\r\n')).toEqual([
      'line,imported,column,code,message,name,email,phone',
      '2,true,email,email.unreadable,"""dana@"" is no e-mail address.",Dana,dana@,050-234-5678',
      '3,false,,row.empty,"The row has no name, and nothing that can stand for one.",,,',
      '5,true,phone,phone.unreadable,"""12 monkeys"" is no valid number of IL, nor in E.164.","a\nb",b@x.example,12 monkeys',
      '',
    ]);
  });

  it('loses the line alone in which a quote is opened and never closed, and says which', async () => {
    const tenant = await desk.api.tenant();
    const rows = Array.from({ length: 1_200 }, (_, at) => `${String(at)},N${String(at)}`);
    const file = `id,name\n${rows.join('\n')}\n"never closed,x\n1,Other\n7777,${'y'.repeat(1_100_000)}\n`;
    const done = await desk.imported(tenant.client, file);
    expect(countsOf(done)).toMatchObject({ state: 'done', rows: 1_203, made: 1_200, changed: 1, failed: 2 });
    const faults = await tenant.client.ask('GET', `/v1/contacts/imports/${String(done['id'])}/faults`);
    const lines = faults.text.split('\r\n');
    expect(lines[1]).toMatch(/^1202,false,,row\.open_quote,"?A quote is opened .*,"""never closed,x"$/);
    expect(lines[2]).toMatch(/^1204,false,,row\.too_long,/);
    expect(lines).toHaveLength(4);
  });
});

const CARDS = [
  'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u-1\r\nFN:Dana Cohen\r\nORG:Acme\\, Ltd;Sales',
  'TEL;TYPE=CELL:050-234-5678\r\nTEL;TYPE=WORK:02-6251234\r\nTITLE:CEO\r\nNOTE:first\\nsecond\r\nEND:VCARD',
  'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D7=9C=D7=95=D7=99;=D7=93=D7=95=D7=93',
  'TEL;CELL:0722776772\r\nEND:VCARD\r\n',
].join('\r\n');

describe('an address book', () => {
  it('of vCards becomes contacts, as a file does', async () => {
    const tenant = await desk.api.tenant();
    const { body } = await desk.upload(tenant.client, CARDS, '?country=IL', 'text/vcard; charset=utf-8');
    await tenant.client.post(`/v1/contacts/imports/${String(body['id'])}/start`, {});
    await desk.rig.drain(String(body['id']));
    const read = (await contactsOf(tenant)).map(facts);
    expect(read).toHaveLength(2);
    expect(read).toEqual(
      expect.arrayContaining([
        {
          ...{ externalId: 'u-1', name: 'Dana Cohen', company: 'Acme, Ltd' },
          metadata: { title: 'CEO', note: 'first second' },
          phones: ['+972502345678 mobile', '+97226251234 work'],
        },
        { externalId: null, name: 'דוד לוי', company: null, metadata: {}, phones: ['+972722776772 mobile'] },
      ]),
    );
  });

  it('comes in pieces of any size', async () => {
    const pieces = async function* (size: number) {
      const bytes = Buffer.from(CARDS.repeat(3));
      for (let at = 0; at < bytes.length; at += size)
        yield await Promise.resolve(bytes.subarray(at, at + size));
    };
    const texts = [];
    for (const size of [1, 7, 64, 10_000]) {
      let text = '';
      for await (const piece of csvOfVCards(pieces(size))) text += Buffer.from(piece).toString();
      texts.push(text);
    }
    expect(texts[0]?.split('\r\n')).toHaveLength(8);
    expect(new Set(texts).size).toBe(1);
  });

  it('without any card is refused', async () => {
    const { client } = await desk.api.tenant();
    expect((await desk.upload(client, 'no card', '', 'text/vcard')).body).toMatchObject({ status: 400 });
  });
});

describe('the directory as a file', () => {
  it('is a table that changes nothing when it is imported again', async () => {
    const tenant = await desk.api.tenant();
    await desk.imported(tenant.client, FILE, {
      columns: ['externalId', 'name', 'company', 'phone:mobile', 'phone', 'metadata:segment'],
    });
    await desk.imported(tenant.client, 'name,phone,email\n"=1+1, ""x""",0502345678;0507654321,a@b.example\n');
    const before = await contactsOf(tenant);
    const file = await tenant.client.get('/v1/contacts/export');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="contacts.csv"');
    expect(file.text.split('\r\n')[0]).toBe(
      'externalId,name,company,email,url,phone,phone:mobile,metadata:segment',
    );
    const again = await desk.imported(tenant.client, file.text, {}, '');
    expect(countsOf(again)).toMatchObject({ state: 'done', rows: 4, made: 0, failed: 0 });
    const after = await contactsOf(tenant);
    const without = ({ updatedAt: _, phones, ...rest }: Json) => ({
      ...rest,
      phones: new Set(phones as object[]),
    });
    expect(after.map(without)).toEqual(before.map(without));
  });

  it('is an address book that is read again as it was', async () => {
    const tenant = await desk.api.tenant();
    await desk.imported(tenant.client, FILE);
    const before = (await contactsOf(tenant)).map(facts);
    const cards = await tenant.client.get('/v1/contacts/export?format=vcard');
    expect(cards.headers.get('content-type')).toBe('text/vcard; charset=utf-8');
    const { body } = await desk.upload(tenant.client, cards.text, '', 'text/vcard');
    await tenant.client.post(`/v1/contacts/imports/${String(body['id'])}/start`, {});
    await desk.rig.drain(String(body['id']));
    const read = (await tenant.client.get(`/v1/contacts/imports/${String(body['id'])}`)).body;
    expect(countsOf(read)).toMatchObject({ state: 'done', rows: 3, made: 0, failed: 0 });
    expect((await contactsOf(tenant)).map(facts)).toEqual(before);
  });

  it('has more contacts than a page, each once, and nobody else’s', async () => {
    const tenant = await desk.api.tenant();
    const rows = Array.from({ length: 1_100 }, (_, at) => `N${String(at)}`);
    await desk.imported(tenant.client, `name\n${rows.join('\n')}\n`);
    const { text } = await tenant.client.get('/v1/contacts/export');
    const names = text.split('\r\n').slice(1, -1);
    expect([names.length, new Set(names).size]).toEqual([1_100, 1_100]);
    const other = await desk.api.tenant();
    expect((await other.client.get('/v1/contacts/export')).text.split('\r\n')).toHaveLength(2);
  });
});
