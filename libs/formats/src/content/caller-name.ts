import type { CallView } from '#domain';
import type { CallPart } from './call-parts.js';

/** What PBXs call it: VoipNow's `CallerIDName` (and its knowledge base's `CallerIDNam`), Voicenter's `callerName` and `CALLER_NAME`. */
const SPELLINGS: ReadonlySet<string> = new Set(['calleridname', 'calleridnam', 'callername']);

/**
 * The caller's name as the PBX told it, of this end of the call or of another: there is one caller, and not each message
 * names him. Empty for none.
 */
export function callerNameOf(call: CallView, part: CallPart): string {
  const raws = [part.raw, call.raw, ...call.legs.map(({ raw }) => raw)];
  return raws.map(nameIn).find((name) => name !== '') ?? '';
}

function nameIn(raw: Readonly<Record<string, unknown>>): string {
  for (const [field, value] of Object.entries(raw)) {
    const isName = SPELLINGS.has(field.toLowerCase().replace(/[^a-z]/g, ''));
    if (isName && typeof value === 'string' && value.trim() !== '') return value;
  }
  return '';
}
