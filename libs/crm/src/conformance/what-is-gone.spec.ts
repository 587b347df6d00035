/** Whom a number was found to be, or people said it is, is forgotten for one reason alone: the contact itself is gone. */
import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from './bench-of-crm.fixture.js';
import { CASES } from './cases.fixture.js';
import type { CrmCase, FakeAnswer } from './fake-crm.fixture.js';

const E164 = '+972545551234';

/** A second call of somebody who is known by now, whose record is answered so. */
async function afterAnswer(of: CrmCase, answer: FakeAnswer) {
  const at = new BenchOfCrm(of, { createContacts: 'missed_too' });
  const id = at.fake.addContact({ name: 'Noa', phones: [E164] });
  await at.tell(callForCrm({ id: 'a' }));
  /** It is made under the contact's own path. */
  let isOfContact = false;
  const before = at.asked.length;
  at.mishap = ({ makes, path }) => {
    isOfContact ||= makes === true && path.includes(id);
    return makes === true ? answer : undefined;
  };
  const fault: unknown = await at.tell(callForCrm({ id: 'b' })).catch((error: unknown) => error);
  const known = at.kept.contacts.get(E164)?.contact?.id;
  return { fault, isOfContact, known, id, asked: at.asked.length - before };
}

function caseOf(wanted: string): CrmCase {
  const found = CASES.find(({ connector: { name } }) => name === wanted);
  if (found === undefined) throw new Error(`There is no ${wanted}.`);
  return found;
}

const NAMED = CASES.map((of) => [`${of.connector.title} ${of.variant ?? ''}`.trim(), of] as const);

describe('a contact that is remembered', () => {
  it.each(NAMED)('is not forgotten where %s has nothing at the address of a record', async (_name, of) => {
    const { fault, isOfContact, known, id } = await afterAnswer(of, { status: 404 });
    if (isOfContact) return;
    expect(fault).toMatchObject({ kind: 'refused' });
    expect(known).toBe(id);
  });

  it.each<[string, string, FakeAnswer]>([
    [
      'the user of Bitrix24',
      'bitrix24',
      { status: 400, body: { error: 'ERROR_NOT_FOUND', error_description: 'USER_ID is not found' } },
    ],
    [
      'the owner in Close',
      'close',
      { status: 400, body: { errors: [], 'field-errors': { user_id: 'Object does not exist.' } } },
    ],
    ['the user of GoHighLevel', 'gohighlevel', { status: 400, body: { message: 'User not found' } }],
    [
      'the board of monday.com',
      'monday',
      {
        status: 200,
        body: {
          errors: [
            {
              message: 'not found',
              extensions: { code: 'ResourceNotFoundException', error_data: { resource_type: 'board' } },
            },
          ],
        },
      },
    ],
    [
      'the member of Twenty',
      'twenty',
      { status: 404, body: { statusCode: 404, error: 'NotFound', messages: ['Workspace member not found'] } },
    ],
  ])('is not forgotten where %s is not there', async (_what, name, answer) => {
    const { fault, known, id } = await afterAnswer(caseOf(name), answer);
    expect(fault).toMatchObject({ kind: 'refused' });
    expect(known).toBe(id);
  });

  it.each(['kommo', 'gohighlevel'])(
    'is looked for again where %s has nothing at its own address',
    async (name) => {
      const { isOfContact, asked } = await afterAnswer(caseOf(name), { status: 404 });
      expect(isOfContact).toBe(true);
      expect(asked).toBeGreaterThan(2);
    },
  );
});
