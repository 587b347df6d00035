/** Extensions as VoipNow writes them, `0003*101`, and those that are no phone terminals. */
import type { Agent } from '../../pbx/office.js';
import type { PbxDesk } from '../pbx-desk.js';

export const ORGANISATION = '0003';
export const CALLBACK = `${ORGANISATION}*900`;
export const CONFERENCE = `${ORGANISATION}*901`;
const FIRST_QUEUE = 801;
export const QUEUES = `${ORGANISATION}*801,${ORGANISATION}*802`;

export const ALL = '@self';

export function extended({ extension }: Pick<Agent, 'extension'>): string {
  return `${ORGANISATION}*${extension}`;
}

/** By its extended or its short number. */
export function terminal(number: string, desk: PbxDesk): Agent | undefined {
  return desk.office.agents.find((agent) => extended(agent) === number || agent.extension === number);
}

export function isQueue(number: string, desk: PbxDesk): boolean {
  return desk.office.queues.some((_, index) => `${ORGANISATION}*${String(FIRST_QUEUE + index)}` === number);
}

/** What stands for a user in a path. */
export function isUser(text: string): boolean {
  return /^(@me|@viewer|@owner|\d+)$/.test(text);
}
