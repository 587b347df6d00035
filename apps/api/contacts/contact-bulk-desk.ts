import { AppError, type Actor, type TenantId } from '#domain';
import type { ContactBulkRepository, ContactDocument, Upserted } from '#db';
import { RequestPipe, type FieldError } from '../http/validation.pipe.js';
import {
  BulkContactDto,
  type BulkContactsDto,
  type BulkResultDto,
  type BulkResultsDto,
} from './contact-bulk.dto.js';
import { readPhones } from './read-phones.js';

type Read = { document: ContactDocument } | { errors: readonly FieldError[]; externalId: string | null };

const NAMELESS = {
  field: 'name',
  message: 'There is no contact with this id yet, and a new one needs a name',
};
const TWICE = { field: 'externalId', message: 'Another contact of this request has the same externalId' };

/** Makes and changes many contacts at once. */
export class ContactBulkDesk {
  private readonly pipe = new RequestPipe();

  constructor(private readonly contacts: ContactBulkRepository) {}

  async upsert(tenant: TenantId, body: BulkContactsDto, by: Actor): Promise<BulkResultsDto> {
    const seen = new Set<string>();
    const read: Read[] = [];
    for (const contact of body.contacts) read.push(once(await this.read(contact, body.country), seen));
    const documents = read.flatMap((one) => ('document' in one ? [one.document] : []));
    const upserted =
      documents.length === 0 ? [] : await this.contacts.upsert(tenant, body.source ?? null, documents, by);
    const results = upserted.values();
    return {
      data: read.map((one, index) =>
        'document' in one
          ? resultOf(index, one.document.externalId, results.next().value)
          : { index, externalId: one.externalId, id: null, outcome: 'failed', errors: [...one.errors] },
      ),
    };
  }

  private async read(given: unknown, country: string | undefined): Promise<Read> {
    try {
      const metadata = { type: 'body', metatype: BulkContactDto } as const;
      const { phones, ...contact } = (await this.pipe.transform(given, metadata)) as BulkContactDto;
      return { document: { ...contact, ...(phones && { phones: readPhones(phones, country) }) } };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { errors = [] } = error.details as { errors?: FieldError[] };
      const named = (given as { externalId?: unknown } | null)?.externalId;
      return { errors, externalId: typeof named === 'string' ? named : null };
    }
  }
}

/** The first of several with one id is taken. */
function once(read: Read, seen: Set<string>): Read {
  if (!('document' in read)) return read;
  const { externalId } = read.document;
  if (seen.has(externalId)) return { errors: [TWICE], externalId };
  seen.add(externalId);
  return read;
}

function resultOf(index: number, externalId: string, upserted: Upserted | undefined): BulkResultDto {
  const { id = null, outcome = 'nameless' } = upserted ?? {};
  return outcome === 'nameless'
    ? { index, externalId, id: null, outcome: 'failed', errors: [NAMELESS] }
    : { index, externalId, id, outcome, errors: [] };
}
