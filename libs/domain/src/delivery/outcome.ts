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
      /** First 16 KiB of the decoded body. */
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
}

/**
 * What an answer's body says where HTTP said yes: some receivers report errors with status 200. `reason` goes on from "The
 * endpoint answered 200 but refused the message:".
 */
export type ReplyVerdict = { ok: true } | { ok: false; reason: string };
