/** The vendor's list of numbers that are not to be called, which is our do-not-call list. */
import type { Ask, AskFailure, AskResult } from '#domain';
import type { AnyRequest } from '../../content/any-request.js';
import type { FacadeReply } from '../../facade.js';
import { asks, invalid, missing, type ApiRoute, type AskReading } from './api-route.js';
import { WRONG_KIND, wordsOf } from './failure-words.js';
import { jsonReply } from './replies.js';

type Kind = 'block_numbers' | 'unblock_numbers';

const OK = 0;
const UNAUTHORISED = 1;
const PHONE_INVALID = 2;
/** Ours, for what the vendor has no number for. */
const OTHER = 3;
const WRONG_NUMBER = 1;

export const addToBlacklist = blacklistRoute('blacklist-add', '/blacklist/addblacklist', 'block_numbers');
export const removeFromBlacklist = blacklistRoute(
  'blacklist-remove',
  '/blacklist/removebulkfromblacklist',
  'unblock_numbers',
);

function blacklistRoute(name: string, path: string, kind: Kind): ApiRoute {
  return {
    route: { name, paths: [path], methods: ['GET', 'POST'], changes: true },
    read: (asked) => read(asked, kind),
    write: (result) => write(result, kind),
  };
}

/** Numbers as objects with a name, or as texts. */
function read({ fields, problem }: AnyRequest, kind: Kind): AskReading {
  if (problem !== null) return invalid('body', problem);
  const named = fields.objects('phones').map((one) => ({
    number: one.number('phone') ?? '',
    name: one.text('name'),
  }));
  const bare = fields.list('phones', 'phone').map((number) => ({ number, name: null }));
  const numbers = [...named, ...bare];
  return numbers.length === 0 ? missing('Phones') : asks({ kind, numbers } satisfies Ask);
}

function write(result: AskResult, kind: Kind): FacadeReply {
  if (!result.ok) return failure(result.failure);
  const { told } = result;
  if (told.kind !== kind) return failure(WRONG_KIND);
  return jsonReply({
    ErrorCode: OK,
    ErrorMessage: 'OK',
    Phones: told.numbers.map(({ number, problem }) => ({
      ErrorCode: problem === null ? OK : WRONG_NUMBER,
      ErrorMessage: problem ?? 'OK',
      Phone: number.replace(/^\+/, ''),
    })),
  });
}

function failure(why: AskFailure): FacadeReply {
  return jsonReply({ ErrorCode: numberOf(why), ErrorMessage: wordsOf(why), Phones: [] });
}

function numberOf({ code }: AskFailure): number {
  if (code === 'unauthorised' || code === 'address') return UNAUTHORISED;
  return code === 'invalid' ? PHONE_INVALID : OTHER;
}
