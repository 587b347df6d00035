/** A phone that rings, and who is calling. Half of the callers are known. */
import { callId } from '../call-numbers.js';
import { CALLERS, callerE164, callerName, nameElsewhere } from './popup-callers.js';
import { postJson } from './post-json.js';
import type { Questions, QuestionsOptions } from './questions.js';

/** @param extensionOf  the phone that a question is about */
export function popupQuestions(
  options: QuestionsOptions,
  extensionOf: (question: number) => string = () => 'SIPSIP',
): Questions {
  return questionsOf(options, { nameOf: callerName, extensionOf });
}

/** The same where a server of the tenant's knows the other half. */
export function sourcedQuestions(options: QuestionsOptions): Questions {
  const nameOf = (tenant: number, caller: number) =>
    callerName(tenant, caller) || nameElsewhere(tenant, caller);
  return questionsOf(options, { nameOf, extensionOf: () => 'SIPSIP' });
}

interface Asked {
  /** Empty for a caller whom nobody knows. */
  nameOf: (tenant: number, caller: number) => string;
  extensionOf: (question: number) => string;
}

function questionsOf({ urls, prefix }: QuestionsOptions, { nameOf, extensionOf }: Asked): Questions {
  const targets = urls.map((url) => new URL(url));
  const tenantOf = (question: number) => question % targets.length;
  // Neighbours in time are of different tenants, and so the same caller calls them one after the other.
  const callerOf = (question: number) => Math.floor(question / targets.length) % CALLERS;
  return {
    request: (question) =>
      postJson(targets[tenantOf(question)] as URL, {
        phone: callerE164(callerOf(question)).slice(1),
        ivrid: callId(prefix, question),
        extenUser: extensionOf(question),
        did: '0776707528',
        status: 'Ringing',
        direction: 'Incoming',
        isAnswered: false,
      }),
    isRight: (question, reply) => {
      const name = nameOf(tenantOf(question), callerOf(question));
      return namesCaller(reply, name);
    },
  };
}

/** @param name  empty for somebody whom nobody knows */
export function namesCaller(reply: string, name: string): boolean {
  const { STATUS, TOTAL, CLIENTNAME } = read(reply);
  return STATUS === 'OK' && CLIENTNAME === name && TOTAL === (name === '' ? 0 : 1);
}

function read(reply: string): Record<string, unknown> {
  try {
    return JSON.parse(reply) as Record<string, unknown>;
  } catch {
    return {};
  }
}
