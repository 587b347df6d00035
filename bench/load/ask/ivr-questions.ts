/** A caller who comes in, and then presses a key: two questions of each call. */
import { callId } from '../call-numbers.js';
import { KEYS, extensionFor, welcome } from './ivr-menus.js';
import { postJson } from './post-json.js';
import type { Questions, QuestionsOptions } from './questions.js';

interface Reply {
  STATUS?: unknown;
  ACTION?: unknown;
  DATA?: { REC?: unknown; MENU?: unknown; TARGET?: unknown };
}

export function ivrQuestions({ urls, prefix }: QuestionsOptions): Questions {
  const targets = urls.map((url) => new URL(url));
  const callOf = (question: number) => Math.floor(question / 2);
  const tenantOf = (question: number) => callOf(question) % targets.length;
  const isFirst = (question: number) => question % 2 === 0;
  const keyOf = (question: number) => KEYS[callOf(question) % KEYS.length] as number;
  return {
    request: (question) =>
      postJson(targets[tenantOf(question)] as URL, {
        METHOD: 'GET_IVR_ACTION',
        DATA: {
          DID: '0776707528',
          CALLER_ID: '0522000000',
          CALLER_NAME: '',
          IVR_UNIQUE_ID: callId(prefix, callOf(question)),
          DTMF: isFirst(question) ? '' : String(keyOf(question)),
          MENU: isFirst(question) ? '-1' : 'main',
          PREVIOUS_MENU: '-1',
        },
      }),
    isRight: (question, text) => {
      const tenant = tenantOf(question);
      const { STATUS, ACTION, DATA } = read(text);
      if (STATUS !== 0) return false;
      return isFirst(question)
        ? ACTION === 'MENU' && DATA?.MENU === 'main' && DATA.REC === welcome(tenant)
        : ACTION === 'CALL' && DATA?.TARGET === extensionFor(tenant, keyOf(question));
    },
  };
}

function read(reply: string): Reply {
  try {
    return JSON.parse(reply) as Reply;
  } catch {
    return {};
  }
}
