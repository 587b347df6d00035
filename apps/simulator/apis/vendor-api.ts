/** How a vendor's request API is played: it reads what came, asks the desk, and answers as the vendor would. */
import type { Vendor } from '../voices/voice.js';
import type { Fate } from './fate.js';
import type { PbxDesk } from './pbx-desk.js';

export interface ApiRequest {
  method: string;
  /** As it was asked, without the query. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** Of a form; empty for anything else. */
  form: URLSearchParams;
  /** What JSON said; undefined where it was none. */
  json: unknown;
  body: string;
}

export interface ApiReply {
  status: number;
  contentType: string;
  body: string;
  headers?: Record<string, string>;
  /** Of the call that was ordered: the server spoils the answer by it. */
  fate?: Fate;
}

export interface VendorApi {
  vendor: Vendor;
  /** What a client has to be set up with, by the names of the driver's fields. */
  settings: Readonly<Record<string, string>>;
  secrets: Readonly<Record<string, string>>;
  /** Undefined for a path that the vendor has not. */
  answer(request: ApiRequest, desk: PbxDesk): ApiReply | undefined;
}

/** Names as the vendor takes them, in any case; a name that came twice is there once, with its first value. */
export function lowerNames(params: Iterable<[string, string]>): Map<string, string> {
  const read = new Map<string, string>();
  for (const [name, value] of params) {
    if (!read.has(name.toLowerCase())) read.set(name.toLowerCase(), value);
  }
  return read;
}

export function json(body: object, status = 200): ApiReply {
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
