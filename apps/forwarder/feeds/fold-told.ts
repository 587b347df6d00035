import { deviceOf, type FeedNow, type FeedPhoneNow, type FeedQueueNow, type People } from '#domain';
import type { FeedPhone, FeedQueue, FeedTold } from '#pbx';
import { claimOf } from './states-of-phones.js';

/** What a session told so far, in the PBX's words. */
export interface ToldSoFar {
  /** By the PBX's key. */
  phones: ReadonlyMap<string, FeedPhone>;
  queues: ReadonlyMap<string, FeedQueue>;
}

export const NOTHING_TOLD: ToldSoFar = { phones: new Map(), queues: new Map() };

/** One that is told again replaces what was told of it; all of them replace all. Of the other kind each says nothing. */
export function foldTold(told: ToldSoFar, news: FeedTold): ToldSoFar {
  const { phones, queues } = told;
  if (news.kind === 'phones') {
    const fresh = news.phones.map((phone) => [phone.key, phone] as const);
    return { phones: new Map([...(news.isAll ? [] : phones), ...fresh]), queues };
  }
  const fresh = news.queues.map((queue) => [queue.queue, queue] as const);
  return { phones, queues: new Map([...(news.isAll ? [] : queues), ...fresh]) };
}

/**
 * The same in the words of the directory. Two of the PBX's extensions may be one phone there: then it has the calls of both, and works
 * where one of them does. One that the PBX has no word for is left out.
 */
export function feedNowOf({ phones, queues }: ToldSoFar, people: People): FeedNow {
  const found = new Map<string, FeedPhoneNow[]>();
  for (const phone of phones.values()) {
    const one = phoneNow(phone, people);
    if (one) found.set(one.extension, [...(found.get(one.extension) ?? []), one]);
  }
  return {
    phones: [...found.values()].flatMap((same) => oneOf(same)),
    queues: [...queues.values()].map(({ queue, name, callers }): FeedQueueNow => ({
      queue: { id: queue, name: people.queueLabel({ id: queue, name }) ?? name },
      callers,
    })),
  };
}

function phoneNow(phone: FeedPhone, people: People): FeedPhoneNow | undefined {
  const claim = claimOf(phone, people);
  const known = phone.words.map((word) => people.extension(word)).find((entry) => entry !== undefined);
  const extension = known?.number ?? phone.words[0];
  if (extension === undefined) return undefined;
  return { extension, agentId: claim?.agent.id ?? null, device: phone.device, calls: phone.calls };
}

function oneOf(same: readonly FeedPhoneNow[]): FeedPhoneNow[] {
  const [first] = same;
  if (first === undefined || same.length === 1) return first ? [first] : [];
  const calls = new Map(same.flatMap((one) => one.calls.map((call) => [call.vendorCallId, call])));
  return [
    {
      extension: first.extension,
      agentId: same.find(({ agentId }) => agentId !== null)?.agentId ?? null,
      device: deviceOf(same),
      calls: [...calls.values()],
    },
  ];
}
