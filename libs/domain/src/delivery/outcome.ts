/** How one try at a delivery ended, in the classes that decide what follows (design: delivery, "Outcomes"). */
export const OUTCOME_CLASSES = [
  'delivered',
  'duplicate',
  'throttled',
  'unreachable',
  'unauthorised',
  'gone',
  'refused',
] as const;
export type OutcomeClass = (typeof OUTCOME_CLASSES)[number];

/** What came back over the wire, or why nothing did. A value: a CRM that is down is nobody's exception. */
export type Exchange =
  | {
      kind: 'answered';
      status: number;
      /** Header names in lower case. */
      headers: Readonly<Record<string, string>>;
      /** First 16 KiB of the decoded body, or as much as was asked for. */
      body: string;
    }
  | {
      kind: 'failed';
      /** Stable word for the cause. `blocked` is the SSRF guard's refusal. */
      cause:
        | 'timeout'
        | 'refused'
        | 'reset'
        | 'dns'
        | 'tls'
        | 'blocked'
        | 'body_too_large'
        | 'protocol'
        | 'unknown';
      /** One sentence for the tenant; holds no secrets. */
      message: string;
    };

/** The class, a sentence for the delivery log, and for `throttled` how long the endpoint asked us to wait. */
export interface Outcome {
  class: OutcomeClass;
  note: string;
  waitMs?: number;
  /** Of a refusal: it will be the same each time, so it is not tried again. */
  final?: boolean;
  /** Of credentials: nothing goes out until somebody connects the endpoint again. What it is owed is held meanwhile. */
  awaitsGrant?: boolean;
}

/**
 * What an answer's body says where HTTP said yes: some receivers report errors with status 200. `reason` goes on from "The
 * endpoint answered 200 but refused the message:".
 */
export type ReplyVerdict = { ok: true } | { ok: false; reason: string; final?: boolean };

/** What an answer's body says where HTTP said no. */
export type RefusalVerdict =
  /** It has this message: the answer to an earlier try got lost. */
  | { kind: 'known' }
  /** It will never take this message. `reason` goes on from "The endpoint answered 500 and refused the message for good:". */
  | { kind: 'final'; reason: string };
