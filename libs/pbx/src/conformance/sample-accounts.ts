/** For each driver an account as a tenant would set it up, and what its PBX says when it has placed a call. */
import type { DriverAccount } from '../driver.js';

export interface SampleAccount {
  account: DriverAccount;
  /** The reply that a call was placed, with the id `vendor-call-1`. */
  placed: object | string;
  /** Requests that only make sure who we are, and order nothing. */
  isPreliminary?: (url: string) => boolean;
}

/** No secret occurs in a setting. */
const ABOUT = { numbers: 'local', country: 'IL', timeZone: 'Asia/Jerusalem', token: null } as const;

/** One entry each. */
export const SAMPLE_ACCOUNTS: Readonly<Record<string, SampleAccount>> = {
  voicenter: {
    account: { ...ABOUT, settings: {}, secrets: { code: 'V0icenter-s3cret' } },
    placed: { ERRORCODE: 0, ERRORMESSAGE: 'OK', CALLID: 'vendor-call-1' },
  },
  globalex: {
    account: {
      ...ABOUT,
      settings: { user: 'demo', org: 'acme' },
      secrets: { pass: 'gl0balex&s3cret', org_token: 'org-t0ken-s3cret' },
    },
    placed: { data: { Response: 'OK', Uniqueid1: 'vendor-call-1' } },
  },
};
