/** What one route of the vendor's request API is made of. */
import type { Ask, AskFailure, AskResult } from '#domain';
import type { AnyRequest } from '../../content/any-request.js';
import type {
  AskedRequest,
  FacadeReply,
  FacadeRoute,
  FacadeSettings,
  Manner,
  Presented,
} from '../../facade.js';

export type Refusal = { ok: false; failure: AskFailure };
export type AskReading = { ok: true; ask: Ask } | Refusal;

export interface ApiRoute {
  route: FacadeRoute;
  /** How the answer shall look, as far as the request says; never anything secret. */
  mannerOf?(asked: AnyRequest, request: AskedRequest): Manner;
  /** Who asks, where that is not whose code it is; null: as with every other route. */
  presentedIn?(asked: AnyRequest): Presented | null;
  read(asked: AnyRequest, settings: FacadeSettings | null): AskReading;
  write(result: AskResult, manner: Manner, settings: FacadeSettings | null): FacadeReply;
}

/** Asked right. */
export function asks(ask: Ask): AskReading {
  return { ok: true, ask };
}

/** `field`: the parameter by the vendor's name, in lower case. */
export function invalid(field: string, reason: string): Refusal {
  return { ok: false, failure: { code: 'invalid', field, reason } };
}

/** The vendor's sentence for a mandatory parameter that did not come (seed 1.6, "Phone is missing"). */
export function missing(name: string): Refusal {
  return invalid(name.toLowerCase(), `${name} is missing`);
}
