import { writeVCard, type TenantId } from '#domain';
import type { ContactRecord, ContactRepository } from '#db';
import { csvLine } from '#platform';
import type { ExportFormat } from './contact.dto.js';

/** Contacts that are read and written together. */
const PAGE = 500;
const FIELDS = ['externalId', 'name', 'company', 'email', 'url'] as const;

export interface ExportedFile {
  type: string;
  fileName: string;
  text: AsyncIterable<string>;
}

/** The whole directory as a file, written while it is read. */
export class ExportContacts {
  constructor(private readonly contacts: Pick<ContactRepository, 'list' | 'columns'>) {}

  async open(tenant: TenantId, format: ExportFormat): Promise<ExportedFile> {
    if (format === 'vcard') {
      return { type: 'text/vcard', fileName: 'contacts.vcf', text: this.text(tenant, cardOf) };
    }
    const { labels, keys } = await this.contacts.columns(tenant);
    const header = csvLine([
      ...FIELDS,
      'phone',
      ...labels.map((label) => `phone:${label}`),
      ...keys.map((key) => `metadata:${key}`),
    ]);
    const row = (contact: ContactRecord) => rowOf(contact, labels, keys);
    return { type: 'text/csv', fileName: 'contacts.csv', text: this.text(tenant, row, header) };
  }

  private async *text(
    tenant: TenantId,
    write: (contact: ContactRecord) => string,
    header = '',
  ): AsyncGenerator<string> {
    yield header;
    let after: string | null = null;
    do {
      const page: { items: ContactRecord[]; next: string | null } = await this.contacts.list(
        tenant,
        {},
        { limit: PAGE, after },
      );
      yield page.items.map(write).join('');
      after = page.next;
    } while (after !== null);
  }
}

function rowOf(contact: ContactRecord, labels: readonly string[], keys: readonly string[]): string {
  const numbers = (wanted: string | null) =>
    contact.phones
      .filter(({ label, kind }) => (label ?? kind) === wanted)
      .map(({ e164 }) => e164)
      .join('; ');
  return csvLine([
    ...FIELDS.map((field) => contact[field]),
    ...[null, ...labels].map(numbers),
    ...keys.map((key) => cellOf(contact.metadata[key])),
  ]);
}

function cellOf(value: unknown): string | null {
  return value === undefined || value === null
    ? null
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}

function cardOf({ id, externalId, name, company, email, url, metadata, phones }: ContactRecord): string {
  const text = (key: string) => (typeof metadata[key] === 'string' ? metadata[key] : null);
  return writeVCard({
    ...{ id, uid: externalId, name, company, email, url },
    ...{ title: text('title'), note: text('note'), categories: [] },
    phones: phones.map(({ e164, kind }) => ({ number: e164, kind })),
  });
}
