/** For each driver an account as a tenant would set it up, and what its PBX says when it has placed a call. */
import { instant } from '#domain';
import type { DriverAccount } from '../driver.js';

export interface SampleAccount {
  account: DriverAccount;
  /** The reply that a call was placed, with the id `vendor-call-1`. */
  placed: object | string;
  /** Requests that only make sure who we are or look something up, and order nothing. */
  isPreliminary?: (url: string) => boolean;
}

/** No secret occurs in a setting. */
const ABOUT = { numbers: 'local', country: 'IL', timeZone: 'Asia/Jerusalem', token: null } as const;

/** One entry each. */
export const SAMPLE_ACCOUNTS: Readonly<Record<string, SampleAccount>> = {
  voicenter: {
    account: { ...ABOUT, settings: {}, secrets: { code: 'V0icenter-s3cret', feed_token: 'f33d-s3cret' } },
    placed: { ERRORCODE: 0, ERRORMESSAGE: 'OK', CALLID: 'vendor-call-1' },
  },
  voipnow: {
    account: {
      ...ABOUT,
      settings: { url: 'https://voipnow.test', organisation: '0003', conference_extension: '0003*901' },
      secrets: { client_id: 'v0ipnow-app-key', client_secret: 'v0ipnow-s3cret' },
      token: { value: 'v0ipnow-t0ken', expiresAt: instant(Date.UTC(2027, 0)) },
    },
    placed: [{ id: 'vendor-call-1', extension: '0003*101', phoneCallView: [] }],
    isPreliminary: (url) => url.includes('/oauth/'),
  },
  globalex: {
    account: {
      ...ABOUT,
      settings: { user: 'demo', org: 'acme' },
      secrets: { pass: 'gl0balex&s3cret', org_token: 'org-t0ken-s3cret' },
    },
    placed: { data: { Response: 'OK', Uniqueid1: 'vendor-call-1' } },
  },
  asterisk: {
    account: { ...ABOUT, settings: { number_dial: 'PJSIP/{number}@line-1' }, secrets: {} },
    placed: { id: 'vendor-call-1', name: 'PJSIP/101-00000001', state: 'Down', channelvars: {} },
    // Everything is made by POST on `channels`; what is below it is looked up.
    isPreliminary: (url) => url.startsWith('ari:channels/'),
  },
};
