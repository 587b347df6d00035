/** HubSpot as its documentation and its descriptions of the API say, with calls, contacts, tasks and fields. For tests only. */
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { digitsOf, FakeTables, jsonOf, type Row, type Shape } from '../conformance/fake-tables.fixture.js';
import { hubspot as connector } from './hubspot.js';

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const SHAPES: Readonly<Record<string, Shape>> = {
  calls: {
    'hs_timestamp*': ISO,
    hs_call_title: /^[^]{1,500}$/,
    hs_call_body: /^[^]{1,65536}$/,
    hs_call_duration: /^\d+$/,
    hs_call_direction: /^(INBOUND|OUTBOUND)$/,
    hs_call_status:
      /^(COMPLETED|NO_ANSWER|BUSY|FAILED|CANCELED|MISSED|CALLING_CRM_USER|CONNECTING|IN_PROGRESS|QUEUED|RINGING)$/,
    hs_call_disposition: /^[0-9a-f-]{36}$/,
    hs_call_from_number: /./,
    hs_call_to_number: /./,
    hs_call_recording_url: /^https:/,
    hs_activity_type: /./,
    hubspot_owner_id: /^\d+$/,
    switchhook_call_id: /./,
  },
  contacts: {
    firstname: /./,
    lastname: /./,
    phone: /^\+?[\d ()-]+$/,
    mobilephone: /./,
    message: /./,
    hubspot_owner_id: /^\d+$/,
  },
  tasks: {
    'hs_timestamp*': ISO,
    hs_task_subject: /./,
    hs_task_body: /./,
    hs_task_status: /^(NOT_STARTED|COMPLETED|IN_PROGRESS|WAITING|DEFERRED)$/,
    hs_task_type: /^(CALL|EMAIL|TODO)$/,
    hubspot_owner_id: /^\d+$/,
  },
};
const SEARCH: Shape = {
  'filterGroups*': (value) => Array.isArray(value) && value.length > 0 && value.length <= 5,
  'properties*': Array.isArray,
  'limit*': (value) => Number.isInteger(value) && Number(value) <= 200,
  'after*': /^\d+$/,
  'sorts*': Array.isArray,
};
const FIELD: Shape = {
  'name*': /^[a-z]\w*$/,
  'label*': /./,
  'groupName*': /^call$/,
  'type*': /^string$/,
  'fieldType*': /^text$/,
  description: /./,
  hasUniqueValue: 'boolean',
};
const ASSOCIATION_OF: Readonly<Record<string, number>> = { calls: 194, tasks: 204 };
const FIELD_OF: Readonly<Record<string, string>> = {
  hs_searchable_calculated_phone_number: 'phone',
  hs_searchable_calculated_mobile_number: 'mobilephone',
  phone: 'phone',
  mobilephone: 'mobilephone',
};

export class FakeHubspot implements FakeCrm {
  readonly tables = new FakeTables((count) => String(50_000 + count));
  readonly complaints = this.tables.complaints;
  readonly slowDown: FakeAnswer = {
    status: 429,
    body: error('RATE_LIMITS', 'You have reached your secondly limit.', { policyName: 'SECONDLY' }),
  };
  readonly unauthorised: FakeAnswer = {
    status: 401,
    body: error('INVALID_AUTHENTICATION', 'Authentication credentials not found.'),
  };
  /** Whether fields may be made with the credentials. */
  mayMakeFields = true;

  constructor() {
    this.tables.add('fields', { name: 'hs_call_title', groupName: 'call' });
  }

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const { pathname } = url;
    if (pathname === '/account-info/v3/details') return { status: 200, body: { portalId: 4711 } };
    const [, field] = /^\/crm\/v3\/properties\/calls(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (pathname.startsWith('/crm/v3/properties/')) return this.field(method, field, jsonOf(body));
    if (pathname.startsWith('/crm/v4/')) return this.associations(method, pathname);
    const [, kind = '', id] = /^\/crm\/v3\/objects\/(\w+)(?:\/([^/]+))?$/.exec(pathname) ?? [];
    if (SHAPES[kind] === undefined) return this.tables.bad(`no such path: ${pathname}`);
    if (method === 'POST' && id === 'search' && kind === 'contacts') return this.search(jsonOf(body));
    if (method === 'POST' && id === undefined) return this.create(kind, jsonOf(body));
    if (id === undefined) return this.tables.bad(`no such method: ${method} ${pathname}`);
    return this.one(method, { kind, id, by: url.searchParams.get('idProperty') }, jsonOf(body));
  }

  addContact({ phones: [phone, mobilephone], name }: { name: string; phones: string[] }): string {
    return this.tables.add('contacts', { properties: { firstname: name, phone, mobilephone } }).id;
  }

  removeContact(id: string): void {
    this.tables.remove('contacts', id);
  }

  lag(): void {
    this.tables.lag();
  }

  catchUp(): void {
    this.tables.catchUp();
  }

  editLog(id: string, line: string): void {
    const of = propertiesOf(this.tables.row('calls', id));
    of['hs_call_body'] = `${of['hs_call_body'] ?? ''}<br>${line}`;
  }

  contacts(): FakeContact[] {
    return this.tables.of('contacts').map((row) => {
      const { firstname, lastname, phone, mobilephone } = propertiesOf(row);
      const phones = [phone, mobilephone].filter((one) => one !== undefined);
      return { id: row.id, name: firstname ?? lastname ?? '', phones };
    });
  }

  logs(): FakeLog[] {
    return this.tables.of('calls').map((row) => {
      const of = propertiesOf(row);
      return {
        id: row.id,
        contactId: ((row['contacts'] as string[] | undefined) ?? []).join() || null,
        direction: of['hs_call_direction'] === 'INBOUND' ? ('inbound' as const) : ('outbound' as const),
        text: `${of['hs_call_title'] ?? ''}\n${of['hs_call_body'] ?? ''}`,
        seconds: Number(of['hs_call_duration']) / 1000,
        recordingUrl: of['hs_call_recording_url'] ?? null,
      };
    });
  }

  tasks() {
    return this.tables
      .of('tasks')
      .map((row) => ({ id: row.id, subject: propertiesOf(row)['hs_task_subject'] ?? '' }));
  }

  private field(method: string, name: string | undefined, body: unknown): FakeAnswer {
    const there = this.tables.of('fields').find((row) => row['name'] === name);
    if (method === 'GET') return there ? { status: 200, body: there } : missing(`Property ${name ?? ''}`);
    if (!this.mayMakeFields) return { status: 403, body: error('MISSING_SCOPES', 'A scope is missing.') };
    if (!this.tables.fits('field', body, FIELD)) return invalid('Property is invalid');
    return { status: 201, body: this.tables.add('fields', body) };
  }

  /** Of calls with contacts. It gives ids as numbers here. */
  private associations(method: string, pathname: string): FakeAnswer {
    const path = /^\/crm\/v4\/objects\/calls\/(\d+)\/associations(\/default)?\/contacts(?:\/(\d+))?$/;
    const [, callId, byDefault, contactId] = path.exec(pathname) ?? [];
    const call = this.tables.row('calls', callId);
    if (callId === undefined) return this.tables.bad(`no such path: ${pathname}`);
    if (call === undefined) return missing('Object');
    const contacts = (call['contacts'] as string[] | undefined) ?? [];
    if (method === 'GET' && contactId === undefined) {
      const results = contacts.map((id) => ({ toObjectId: Number(id), associationTypes: [{ typeId: 194 }] }));
      return { status: 200, body: { results } };
    }
    if (contactId === undefined || (method === 'PUT') !== (byDefault !== undefined)) {
      return this.tables.bad(`no such request: ${method} ${pathname}`);
    }
    if (!this.tables.row('contacts', contactId)) return missing('CONTACT');
    const others = contacts.filter((id) => id !== contactId);
    call['contacts'] = method === 'PUT' ? [...others, contactId] : others;
    if (method === 'PUT') return { status: 200, body: { status: 'COMPLETE', results: [] } };
    return method === 'DELETE' ? { status: 204 } : this.tables.bad(`no such method: ${method}`);
  }

  private create(kind: string, body: unknown): FakeAnswer {
    const { tables } = this;
    const shape: Shape = { 'properties*': () => true, 'associations*': Array.isArray };
    if (!tables.fits(kind, body, shape)) return invalid('Invalid input JSON');
    const refused = this.refusal(kind, body['properties'], { isNew: true });
    if (refused) return refused;
    const contacts: string[] = [];
    for (const one of body['associations'] as unknown[]) {
      if (!isLink(one, ASSOCIATION_OF[kind])) {
        return tables.bad(`association ${JSON.stringify(one)}`, error('VALIDATION_ERROR', 'Invalid input'));
      }
      const { id } = (one as { to: { id: string } }).to;
      if (!tables.row('contacts', id)) return invalid(`Objects CONTACT=${id} do not exist`);
      contacts.push(id);
    }
    return {
      status: 201,
      body: tables.add(kind, { properties: body['properties'], contacts }),
    };
  }

  private one(
    method: string,
    { kind, id, by }: { kind: string; id: string; by: string | null },
    body: unknown,
  ): FakeAnswer {
    if (by !== null && !this.hasField(by)) return invalid(`Property ${by} is not unique`);
    const row = this.tables
      .of(kind)
      .find((one) => (by === null ? one.id : propertiesOf(one)[by]) === decodeURIComponent(id));
    if (row === undefined) return missing('Object');
    if (method === 'GET') return { status: 200, body: row };
    if (method !== 'PATCH') return this.tables.bad(`no such method: ${method}`);
    if (!this.tables.fits('patch', body, { 'properties*': () => true })) return invalid('Invalid input JSON');
    const refused = this.refusal(kind, body['properties'], { isNew: false });
    if (refused) return refused;
    Object.assign(propertiesOf(row), body['properties']);
    return { status: 200, body: row };
  }

  private refusal(kind: string, given: unknown, { isNew }: { isNew: boolean }): FakeAnswer | undefined {
    const shape = Object.entries(SHAPES[kind] ?? {}).map(([name, rule]): [string, Shape[string]] => [
      isNew ? name : name.replace('*', ''),
      rule,
    ]);
    const callId = (given as Record<string, unknown> | null)?.['switchhook_call_id'];
    if (callId !== undefined && !this.hasField('switchhook_call_id')) {
      return invalid(
        'Property values were not valid: [{"error":"PROPERTY_DOESNT_EXIST","name":"switchhook_call_id"}]',
      );
    }
    if (!this.tables.fits(kind, given, Object.fromEntries(shape)))
      return invalid('Property values were not valid');
    const isTaken = this.tables
      .of(kind)
      .some((row) => callId !== undefined && propertiesOf(row)['switchhook_call_id'] === callId);
    return isTaken
      ? invalid('[{"error":"CONFLICTING_UNIQUE_VALUE","name":"switchhook_call_id"}]')
      : undefined;
  }

  private hasField(name: string): boolean {
    return this.tables.of('fields').some((row) => row['name'] === name && row['hasUniqueValue'] === true);
  }

  private search(body: unknown): FakeAnswer {
    if (!this.tables.fits('search', body, SEARCH)) return invalid('Invalid input JSON');
    const filters = (body['filterGroups'] as { filters: Record<string, unknown>[] }[]).flatMap(
      (one) => one.filters,
    );
    for (const { propertyName, operator } of filters) {
      if (FIELD_OF[String(propertyName)] === undefined || operator !== 'IN') {
        return this.tables.bad(`filter ${String(propertyName)} ${String(operator)}`);
      }
    }
    const results = this.tables
      .indexed('contacts')
      .filter((row) => filters.some((filter) => passes(propertiesOf(row), filter)));
    return { status: 200, body: { total: results.length, results } };
  }
}

/** HubSpot keeps area code and local number. */
function passes(of: Record<string, string>, { propertyName, values }: Record<string, unknown>): boolean {
  const phone = of[FIELD_OF[String(propertyName)] ?? ''] ?? '';
  if (!String(propertyName).startsWith('hs_')) return (values as string[]).includes(phone);
  const kept = phone.startsWith('+972') ? digitsOf(phone).slice(3) : digitsOf(phone).replace(/^0/, '');
  return kept !== '' && (values as string[]).includes(kept);
}

function isLink(one: unknown, type: number | undefined): boolean {
  const { to, types } = one as { to?: { id?: unknown }; types?: Record<string, unknown>[] };
  const [link, ...others] = types ?? [];
  return (
    typeof to?.id === 'string' &&
    others.length === 0 &&
    link?.['associationCategory'] === 'HUBSPOT_DEFINED' &&
    link['associationTypeId'] === type
  );
}

function propertiesOf(row: Row | undefined): Record<string, string> {
  return (row?.['properties'] ?? {}) as Record<string, string>;
}

function error(category: string, message: string, more: Record<string, unknown> = {}) {
  return {
    status: 'error',
    category,
    message,
    correlationId: 'aeb5f871-7f07-4993-9211-075dc63e7cbf',
    ...more,
  };
}

function invalid(message: string): FakeAnswer {
  return { status: 400, body: error('VALIDATION_ERROR', message) };
}

function missing(what: string): FakeAnswer {
  return { status: 404, body: error('OBJECT_NOT_FOUND', `${what} does not exist`) };
}

export const hubspot: CrmCase = {
  connector,
  url: 'https://api.hubapi.com',
  newFake: () => new FakeHubspot(),
};
