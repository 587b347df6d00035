import { lookupNumber, type Actor } from '#domain';
import type { DoNotCallRepository } from '#db';
import { actorOf, told, type Asker, type CarryOut } from './asking.js';

const NO_NUMBER = 'It is no phone number';

type Row = { number: string; name: string | null };

/** Puts numbers on the tenant's list of numbers not to call. One that cannot be read costs itself alone. */
export function blockNumbers(lists: Pick<DoNotCallRepository, 'add'>): CarryOut<'block_numbers'> {
  return async ({ numbers }, asker) => {
    const read = readNumbers(numbers, asker);
    const good = read.flatMap(({ e164, name }) => (e164 === null ? [] : [{ e164, name }]));
    await lists.add(asker.credential.tenantId, good, asker.credential.facade, byOf(asker));
    return told({
      kind: 'block_numbers',
      numbers: read.map(({ number, e164 }) => ({ number, problem: e164 === null ? NO_NUMBER : null })),
    });
  };
}

/** Takes them off it. One that is not on it is no problem. */
export function unblockNumbers(lists: Pick<DoNotCallRepository, 'remove'>): CarryOut<'unblock_numbers'> {
  return async ({ numbers }, asker) => {
    const read = readNumbers(numbers, asker);
    const good = read.flatMap(({ e164 }) => e164 ?? []);
    await lists.remove(asker.credential.tenantId, good, byOf(asker));
    return told({
      kind: 'unblock_numbers',
      numbers: read.map(({ number, e164 }) => ({ number, problem: e164 === null ? NO_NUMBER : null })),
    });
  };
}

function readNumbers(numbers: readonly Row[], { connection }: Asker): (Row & { e164: string | null })[] {
  return numbers.map((row) => ({ ...row, e164: lookupNumber(row.number, connection.country) }));
}

function byOf(asker: Asker): Actor {
  return { kind: 'system', id: actorOf(asker) };
}
