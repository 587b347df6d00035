/** Odoo 19 as its documentation says, with the methods of the models that we use. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { ANY, wrongIn, type Shape } from '../conformance/wrong-in.fixture.js';
import { SECRET } from '../conformance/bench-of-crm.fixture.js';
import { odoo as connector } from './odoo.js';

type Args = Record<string, unknown>;
type Term = readonly [string, string, unknown];

interface Message {
  id: number;
  partner: number;
  subject: string;
  body: string;
}

const NUMBER = /^\d+$/;
const LIST = /^\[/;
/** Arguments of each method; `ids` where it is one of records. */
const METHODS: Readonly<Record<string, Shape>> = {
  'res.users/context_get': {},
  'res.users/read': { '!ids': LIST, '!fields': LIST },
  'res.partner/search_read': { '!domain': LIST, '!fields': LIST, limit: NUMBER },
  'res.partner/create': { '!vals_list': LIST },
  'res.partner/message_post': {
    '!ids': /^\[\d+\]$/,
    '!body': ANY,
    subject: ANY,
    body_is_html: /^true$/,
    message_type: /^comment$/,
    subtype_xmlid: /^mail\.mt_note$/,
  },
  'mail.message/search_read': { '!domain': LIST, '!fields': LIST, limit: NUMBER, order: /^id$/ },
  'res.partner/activity_schedule': {
    '!ids': /^\[\d+\]$/,
    act_type_xmlid: /^mail\.mail_activity_data_call$/,
    date_deadline: /^\d{4}-\d\d-\d\d$/,
    summary: ANY,
    note: ANY,
    user_id: NUMBER,
  },
};
const PARTNER: Shape = { '!name': ANY, phone: /^\+\d+$/, comment: ANY, user_id: NUMBER };
/** Partner of the connected user. */
const OWN = 3;

class FakeOdoo implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = { status: 429, headers: { 'retry-after': '5' } };
  readonly unauthorised: FakeAnswer = raised(401, 'werkzeug.exceptions.Unauthorized', 'Invalid apikey');
  private readonly partners: FakeContact[] = [];
  private readonly messages: Message[] = [];
  private readonly activities: { id: string; subject: string }[] = [];
  private next = 10;

  answer(request: SeenRequest): FakeAnswer {
    return request.url.pathname === '/jsonrpc' ? this.byRpc(request) : this.byPath(request);
  }

  /** Its errors come with a 200 as well. */
  private byRpc({ method, body }: SeenRequest): FakeAnswer {
    const given: unknown = JSON.parse(body ?? 'null');
    const args = readCall(given);
    if (method !== 'POST' || args === undefined) return rpc(this.complain(`JSON-RPC ${String(body)}`));
    const [database, user, key, model, name, placed, named] = args;
    if (database !== 'acme' || user !== 2) return rpc(this.complain('another database or user'));
    if (key !== SECRET) return rpc(raised(200, 'odoo.exceptions.AccessDenied', 'Access Denied'));
    const [first] = placed as unknown[];
    const own = name === 'create' ? { vals_list: first } : first === undefined ? {} : { ids: first };
    const path = `/json/2/${String(model)}/${String(name)}`;
    return rpc(this.byName(path, { ...own, ...(named as Args) }));
  }

  private byPath({ method, url, headers, body }: SeenRequest): FakeAnswer {
    const args: unknown = JSON.parse(body ?? 'null');
    if (method !== 'POST' || !isRecord(args)) return this.complain(`${method} ${url.pathname}`);
    if (headers['x-odoo-database'] !== 'acme') return this.complain('no database');
    return this.byName(url.pathname, args);
  }

  private byName(path: string, args: Args): FakeAnswer {
    const name = /^\/json\/2\/([\w.]+\/\w+)$/.exec(path)?.[1] ?? '';
    const shape = METHODS[name];
    if (shape === undefined) return this.complain(`no such method: ${name}`);
    const wrong = wrongIn(args, shape);
    if (wrong !== undefined) return this.complain(`${name}: ${wrong}`);
    const result = this.carryOut(name, args);
    return result === undefined
      ? raised(404, 'odoo.exceptions.MissingError', 'Record does not exist or has been deleted.')
      : { status: 200, body: result };
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const id = String(this.next++);
    this.partners.push({ id, name, phones });
    return id;
  }

  removeContact(id: string): void {
    const at = this.partners.findIndex((one) => one.id === id);
    if (at >= 0) this.partners.splice(at, 1);
  }

  editLog(id: string, line: string): void {
    const message = this.messages.find((one) => String(one.id) === id);
    if (message) message.body += `<p>${line}</p>`;
  }

  contacts(): FakeContact[] {
    return this.partners;
  }

  /** What was added to a call stands in messages of their own, with its marker. */
  logs() {
    const markerOf = ({ body }: Message) => /\[sw:[^\]]*]/.exec(body)?.[0] ?? '';
    const firsts = this.messages.filter(
      (one, at) => this.messages.findIndex((other) => markerOf(other) === markerOf(one)) === at,
    );
    // A second one that is no addition would be a second record.
    const others = this.messages.filter((one) => !firsts.includes(one) && /Agent:|סוכן/.test(one.body));
    return [...firsts, ...others].map((first) => ({
      id: String(first.id),
      contactId: first.partner === OWN ? null : String(first.partner),
      direction: null,
      text: this.messages
        .filter((one) => markerOf(one) === markerOf(first))
        .map(({ body }) => body)
        .join('\n'),
      seconds: null,
      recordingUrl: null,
    }));
  }

  tasks() {
    return this.activities;
  }

  private carryOut(name: string, args: Args): unknown {
    const [id = 0] = (args['ids'] ?? []) as number[];
    switch (name) {
      case 'res.users/context_get':
        return { lang: 'en_US', tz: 'Asia/Jerusalem', uid: 2 };
      case 'res.users/read':
        return id === 2 ? [{ id: 2, name: 'Dana Levi', partner_id: [OWN, 'Dana Levi'] }] : undefined;
      case 'res.partner/create':
        return (args['vals_list'] as Args[]).map((vals) => this.addPartner(vals));
      case 'res.partner/search_read':
        return this.search(args['domain'] as (string | Term)[]);
      case 'mail.message/search_read':
        return this.searchMessages(args['domain'] as Term[]);
      case 'res.partner/message_post':
        return this.has(id) ? this.post(id, args) : undefined;
      default:
        return this.has(id) ? this.schedule(args) : undefined;
    }
  }

  private search(domain: readonly (string | Term)[]): unknown {
    const [field, operator, digits] = domain.at(-1) as Term;
    if (field !== 'phone_mobile_search' || operator !== 'ilike') this.complaints.push(JSON.stringify(domain));
    if (!/^\d+$/.test(String(digits))) this.complaints.push(`searched for ${String(digits)}`);
    const found = this.partners.filter(({ phones }) =>
      phones.some((phone) => phone.replaceAll(/\D/g, '').includes(String(digits))),
    );
    return found.map(({ id, name, phones }) => ({
      id: Number(id),
      name,
      phone: phones[0] ?? false,
      mobile: phones[1] ?? false,
      parent_name: false,
      user_id: false,
      create_date: '2026-01-02 03:04:05',
      write_date: '2026-01-02 03:04:05',
    }));
  }

  private addPartner(vals: Args): number {
    const wrong = wrongIn(vals, PARTNER);
    if (wrong !== undefined) this.complaints.push(`partner: ${wrong}`);
    const phones = typeof vals['phone'] === 'string' ? [vals['phone']] : [];
    return Number(this.addContact({ name: String(vals['name']), phones }));
  }

  private searchMessages(domain: readonly Term[]): unknown {
    const valueOf = (field: string) => domain.find((term) => term[0] === field)?.[2];
    if (valueOf('model') !== 'res.partner') this.complaints.push('messages of any model');
    const parts = domain.filter(([field]) => field === 'body').map(([, , text]) => String(text));
    const found = this.messages.find(
      ({ partner, body }) =>
        partner === valueOf('res_id') && parts.every((part) => body.includes(part.replaceAll('\\', ''))),
    );
    return found === undefined ? [] : [{ id: found.id }];
  }

  private post(partner: number, args: Args): number[] {
    const body = String(args['body']).replaceAll('&quot;', '"');
    const message = { id: this.next++, partner, subject: String(args['subject']), body };
    this.messages.push(message);
    return [message.id];
  }

  private schedule(args: Args): number[] {
    const id = this.next++;
    this.activities.push({ id: String(id), subject: String(args['summary']) });
    return [id];
  }

  private has(id: number): boolean {
    return id === OWN || this.partners.some((one) => one.id === String(id));
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return raised(422, 'werkzeug.exceptions.UnprocessableEntity', words);
  }
}

/** Arguments of `execute_kw`: database, user, key, model, method, arguments, named arguments. */
function readCall(given: unknown): unknown[] | undefined {
  if (!isRecord(given) || given['jsonrpc'] !== '2.0' || given['method'] !== 'call') return undefined;
  const { params } = given;
  if (!isRecord(params) || params['service'] !== 'object' || params['method'] !== 'execute_kw')
    return undefined;
  const { args } = params;
  return Array.isArray(args) && args.length === 7 && Array.isArray(args[5]) && isRecord(args[6])
    ? args
    : undefined;
}

function rpc({ status, body }: FakeAnswer): FakeAnswer {
  const error = { code: 200, message: 'Odoo Server Error', data: body };
  return {
    status: 200,
    body: { jsonrpc: '2.0', id: 1, ...(status === 200 && !isRaised(body) ? { result: body } : { error }) },
  };
}

function isRaised(body: unknown): boolean {
  return isRecord(body) && 'debug' in body;
}

function raised(status: number, name: string, message: string): FakeAnswer {
  return { status, body: { name, message, arguments: [message], context: {}, debug: 'Traceback ...' } };
}

export const odoo: CrmCase = {
  connector,
  settings: { database: 'acme' },
  url: 'https://acme.odoo.example',
  newFake: () => new FakeOdoo(),
};

/** A server of a version before 19. */
export const odooByRpc: CrmCase = {
  ...odoo,
  variant: 'before 19',
  settings: { api: 'jsonrpc', database: 'acme', userId: 2 },
};
