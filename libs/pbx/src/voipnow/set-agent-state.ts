import type { AgentStanding } from '#domain';
import { refused, unknown } from '../conversation.js';
import type { DriverAnswer, PbxDriver } from '../driver.js';
import { extended } from './account-settings.js';
import type { Uapi } from './uapi.js';

type AskedAgent = Parameters<NonNullable<PbxDriver['setAgentState']>>[0];

/** Logged out, on line, paused. */
const STATUSES: Readonly<Record<AgentStanding, string>> = { away: '0', available: '1', paused: '2' };

/**
 * Agents belong to queues here: it is done in the one that is named, else in all of the account's. A local agent is known by the
 * extension, a remote one by a code. Where some queues have taken it and one has not, it is unknown what holds.
 */
export async function setAgentState(
  { code, extension, queue, standing }: Pick<AskedAgent, 'code' | 'extension' | 'queue' | 'standing'>,
  uapi: Uapi,
): Promise<DriverAnswer<object>> {
  const { settings } = uapi;
  const agent = extension === null ? code : extended(extension, settings);
  const queues = queue === null ? settings.queues : [queue];
  if (queues.length === 0 || agent === null) {
    return refused('VoipNow knows agents by their queue and extension: one is missing, so nothing was sent.');
  }
  const body = { status: STATUSES[standing] };
  for (const [index, one] of queues.entries()) {
    const path = ['extensions', settings.userId, extended(one, settings), 'queue', 'agents', agent];
    const said = await uapi.ask({ method: 'PUT', path, body });
    const isTaken = said.kind === 'said' && said.value !== null;
    if (isTaken) continue;
    const answer = said.kind === 'said' ? refused('The PBX has no such agent in the queue.') : said;
    if (index === 0 || answer.kind === 'unknown') return answer;
    return unknown(`Not all queues have taken it. ${answer.reason}`);
  }
  return { kind: 'done' };
}
