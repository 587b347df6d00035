/**
 * The fields of Voicenter's CDR that we read, with every spelling that was seen.
 *
 * Source: seed section 4 "CDR request parameters", the vendor's samples, design "Dialects". Spellings are compared in
 * lower case with everything but letters and digits removed, so `OriginalIvrUniqueID`, `OriginalivrUniqueID` and the seed's
 * `ivrunique-id` need no line of their own. What is not listed (`target_country`, `callerextension_name`, the dialer's own
 * `CallID`, ...) is not understood and stays in `raw`.
 */
const SPELLINGS = {
  callId: ['ivruniqueid', 'ivrid'],
  caller: ['caller'],
  target: ['target'],
  time: ['time'],
  duration: ['duration'],
  type: ['type'],
  status: ['status'],
  targetExtension: ['targetextension', 'targetextention'],
  callerExtension: ['callerextension', 'callerextention'],
  did: ['did'],
  queueId: ['queueid'],
  queueName: ['queuename'],
  record: ['record'],
  price: ['price'],
  dialTime: ['dialtime'],
  agentName: ['representativename'],
  agentCode: ['representativecode'],
  queueSeconds: ['secondswaitinginqueue'],
  originalCallId: ['originalivruniqueid'],
  departmentId: ['departmentid'],
  departmentName: ['departmentname'],
  ivr: ['ivr'],
  customData: ['customdata'],
  ai: ['aidata'],
  direction: ['direction'],
  extensionUser: ['extenuser'],
  actualDuration: ['actualcallduration'],
  actualDialTime: ['actualcalldialtime'],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = keyof typeof SPELLINGS;

/** A CDR's fields by our names, each with the name and the value that it came with. */
export type KnownFields = Partial<Record<FieldName, { name: string; value: unknown }>>;

const FIELD_OF_SPELLING = new Map<string, FieldName>(
  (Object.keys(SPELLINGS) as FieldName[]).flatMap((field) =>
    SPELLINGS[field].map((spelling): [string, FieldName] => [spelling, field]),
  ),
);

/** Which of our fields the vendor's name means; undefined when it is none of them. */
export function fieldNamed(name: string): FieldName | undefined {
  return FIELD_OF_SPELLING.get(squeezed(name));
}

/** Lower case, letters and digits only: how names of fields, types and statuses are compared. */
export function squeezed(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}
