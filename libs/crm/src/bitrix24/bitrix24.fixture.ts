/** Bitrix24 as its documentation says: telephony, statistics, activities and people. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { ANY, wrongIn, type Shape } from '../conformance/wrong-in.fixture.js';
import { bitrix24 as connector } from './bitrix24.js';

type Row = Record<string, unknown>;

const NUMBER = /^\d+$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Members that each method takes; a `!` in front: it must have it. */
const METHODS: Readonly<Record<string, Shape>> = {
  profile: {},
  scope: {},
  'telephony.externalCall.searchCrmEntities': { '!PHONE_NUMBER': ANY },
  'telephony.externalCall.register': {
    '!USER_ID': NUMBER,
    '!PHONE_NUMBER': ANY,
    '!TYPE': /^[1-4]$/,
    '!EXTERNAL_CALL_ID': ANY,
    CALL_START_DATE: TIME,
    CRM_CREATE: /^[01]$/,
    SHOW: /^[01]$/,
    LINE_NUMBER: ANY,
    CRM_ENTITY_TYPE: /^(CONTACT|COMPANY|LEAD)$/,
    CRM_ENTITY_ID: NUMBER,
  },
  'telephony.externalCall.finish': {
    '!CALL_ID': ANY,
    '!USER_ID': NUMBER,
    DURATION: NUMBER,
    STATUS_CODE: /^(200|304|403|404|480|484|486|503|603|603-S)$/,
    ADD_TO_CHAT: /^[01]$/,
  },
  'telephony.externalCall.attachRecord': {
    '!CALL_ID': ANY,
    '!FILENAME': /\.(mp3|wav)$/,
    RECORD_URL: /^https:/,
  },
  'voximplant.statistic.get': { FILTER: ANY },
  'crm.duplicate.findbycomm': { '!type': /^PHONE$/, '!values': ANY },
  'crm.contact.get': { '!id': NUMBER },
  'crm.item.add': { '!entityTypeId': /^3$/, '!fields': ANY },
  'crm.activity.get': { '!id': NUMBER },
  'crm.activity.update': { '!id': NUMBER, '!fields': ANY },
};

class FakeBitrix implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = said(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests');
  readonly unauthorised: FakeAnswer = said(401, 'expired_token', 'The access token provided has expired.');
  private readonly people: (FakeContact & { gone: boolean })[] = [];
  private readonly open: Row[] = [];
  private readonly calls: Row[] = [];
  private readonly activities: Row[] = [];
  private next = 1;

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const name = /^\/rest\/([\w.]+)$/.exec(url.pathname)?.[1] ?? '';
    const given: unknown = JSON.parse(body ?? 'null');
    const shape = METHODS[name];
    if (method !== 'POST' || shape === undefined || !isRecord(given)) {
      return this.complain(`${method} ${url.pathname}`);
    }
    const wrong = wrongIn(given, shape);
    if (wrong !== undefined) return this.complain(`${name}: ${wrong}`);
    const result = this.carryOut(name, given);
    return result === undefined
      ? said(400, 'ERROR_NOT_FOUND', 'Not found')
      : { status: 200, body: { result } };
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    return this.person(name, phones);
  }

  removeContact(id: string): void {
    for (const one of this.people) if (one.id === id) one.gone = true;
  }

  editLog(id: string, line: string): void {
    const row = this.activities.find((one) => one['ID'] === id);
    if (row) row['DESCRIPTION'] = `${String(row['DESCRIPTION'])}\n${line}`;
  }

  contacts(): FakeContact[] {
    return this.people.filter(({ gone }) => !gone);
  }

  logs() {
    return this.calls.map((call) => {
      const activity = this.activities.find(({ ID }) => ID === call['CRM_ACTIVITY_ID']);
      return {
        id: String(activity?.['ID'] ?? call['CALL_ID']),
        contactId: typeof call['CRM_ENTITY_ID'] === 'number' ? String(call['CRM_ENTITY_ID']) : null,
        direction: call['TYPE'] === 1 ? ('outbound' as const) : ('inbound' as const),
        text: `${String(activity?.['SUBJECT'])}\n${String(activity?.['DESCRIPTION'])}`,
        seconds: Number(call['DURATION']),
        recordingUrl: typeof call['RECORD_URL'] === 'string' ? call['RECORD_URL'] : null,
      };
    });
  }

  private carryOut(name: string, given: Row): unknown {
    switch (name) {
      case 'profile':
        return { ID: '1', NAME: 'Dana', LAST_NAME: 'Levi', ADMIN: true };
      case 'scope':
        return ['telephony', 'crm', 'user'];
      case 'crm.duplicate.findbycomm':
        return this.spelt(given['values'] as string[]);
      case 'crm.contact.get':
        return this.contact(String(given['id']));
      case 'crm.item.add':
        return this.addItem(given['fields'] as Row);
      case 'crm.activity.get':
        return this.activities.find(({ ID }) => ID === String(given['id']));
      case 'crm.activity.update':
        return this.change(given);
      default:
        return this.telephony(name, given);
    }
  }

  private telephony(name: string, given: Row): unknown {
    const { CALL_ID: callId, FILTER: filter } = given;
    if (name.endsWith('searchCrmEntities')) return this.search(String(given['PHONE_NUMBER']));
    if (name.endsWith('register')) return this.register(given);
    if (name.endsWith('finish')) return this.finish(given);
    if (name.endsWith('attachRecord')) {
      const call = this.calls.find((one) => one['CALL_ID'] === callId);
      return call && Object.assign(call, { RECORD_URL: given['RECORD_URL'] }) && { FILE_ID: 9 };
    }
    const [key, value] = Object.entries(isRecord(filter) ? filter : {})[0] ?? [];
    // A filter that it does not know is none: it answers everything.
    return this.calls.filter((call) => key !== 'EXTERNAL_CALL_ID' || call[key] === value);
  }

  private register(given: Row): unknown {
    const id = given['CRM_ENTITY_ID'];
    if (typeof id === 'number' && !this.contacts().some((one) => one.id === String(id))) return undefined;
    const same = this.open.find((one) => one['EXTERNAL_CALL_ID'] === given['EXTERNAL_CALL_ID']);
    const call = same ?? { ...given, CALL_ID: `externalCall.${String(this.next++)}` };
    if (same === undefined) this.open.push(call);
    return { CALL_ID: call['CALL_ID'], CRM_CREATED_LEAD: null };
  }

  private finish(given: Row): unknown {
    const at = this.open.findIndex((one) => one['CALL_ID'] === given['CALL_ID']);
    const [call] = at < 0 ? [] : this.open.splice(at, 1);
    if (call === undefined) return undefined;
    const row: Row = { ...call, ...given };
    if (call['CRM_ENTITY_ID'] !== undefined) {
      row['CRM_ACTIVITY_ID'] = String(this.next++);
      this.activities.push({ ID: row['CRM_ACTIVITY_ID'], SUBJECT: 'Call', DESCRIPTION: '' });
    }
    this.calls.push(row);
    return row;
  }

  private change({ id, fields }: { id?: number; fields?: Row }): unknown {
    const row = this.activities.find(({ ID }) => ID === String(id));
    const shape = { SUBJECT: /^.{1,250}$/, DESCRIPTION: ANY, DESCRIPTION_TYPE: /^1$/ };
    const wrong = wrongIn(fields ?? {}, shape);
    if (wrong !== undefined) this.complaints.push(`activity: ${wrong}`);
    return row && Object.assign(row, fields) && true;
  }

  private addItem(fields: Row): unknown {
    const wrong = wrongIn(fields, {
      name: ANY,
      opened: /^[YN]$/,
      fm: ANY,
      assignedById: NUMBER,
      comments: ANY,
    });
    const phones = Object.values((fields['fm'] ?? {}) as Row).map((one) => (one as Row)['value'] as string);
    if (wrong !== undefined) this.complaints.push(`contact: ${wrong}`);
    return { item: { id: Number(this.person(String(fields['name']), phones)) } };
  }

  private search(number: string): unknown {
    return this.having([number]).map(({ id }) => ({ CRM_ENTITY_TYPE: 'CONTACT', CRM_ENTITY_ID: Number(id) }));
  }

  /** An empty list where it finds nothing, an object where it does. */
  private spelt(values: readonly string[]): unknown {
    if (values.length > 20) this.complaints.push('more than 20 spellings');
    const ids = this.having(values).map(({ id }) => Number(id));
    return ids.length === 0 ? [] : { CONTACT: ids };
  }

  private having(values: readonly string[]) {
    const wanted = values.map(digits);
    return this.contacts().filter(({ phones }) => phones.some((phone) => wanted.includes(digits(phone))));
  }

  private contact(id: string): unknown {
    const one = this.contacts().find((person) => person.id === id);
    return (
      one && { ID: id, NAME: one.name, PHONE: one.phones.map((VALUE) => ({ VALUE, VALUE_TYPE: 'WORK' })) }
    );
  }

  private person(name: string, phones: string[]): string {
    const id = String(this.next++);
    this.people.push({ id, name, phones, gone: false });
    return id;
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return said(400, 'ERROR_ARGUMENT', words);
  }
}

function said(status: number, error: string, words: string): FakeAnswer {
  return { status, body: { error, error_description: words } };
}

function digits(text: string): string {
  return text.replaceAll(/\D/g, '');
}

export const bitrix24: CrmCase = {
  connector,
  url: 'https://acme.bitrix24.example',
  newFake: () => new FakeBitrix(),
};
