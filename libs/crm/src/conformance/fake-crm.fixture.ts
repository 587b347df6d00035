/**
 * What the conformance suite wants of a connector's stand-in: a CRM with state that answers as the vendor documents it, and
 * complains about every request that the vendor would not take. For tests only.
 */
import type { Connector } from '../connector.js';

export interface SeenRequest {
  method: string;
  /** Path without the base URL, and query. */
  url: URL;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

export interface FakeAnswer {
  status: number;
  headers?: Record<string, string>;
  /** JSON unless it is text. */
  body?: unknown;
}

export interface FakeContact {
  id: string;
  name: string;
  /** As they were typed. */
  phones: string[];
}

/** A call's record as the CRM has it, in common words. */
export interface FakeLog {
  id: string;
  contactId: string | null;
  direction: 'inbound' | 'outbound' | null;
  /** All its text: subject and body. */
  text: string;
  /** Of talk, in seconds; null where the CRM has no place for it. */
  seconds: number | null;
  recordingUrl: string | null;
}

export interface FakeCrm {
  /** What it holds against our requests: unknown members, missing ones, wrong types, wrong words. Must stay empty. */
  readonly complaints: string[];
  answer(request: SeenRequest): FakeAnswer;
  addContact(contact: { name: string; phones: string[]; createdAt?: number; updatedAt?: number }): string;
  /** Deleted by somebody: whatever names it is answered as the vendor does. */
  removeContact(id: string): void;
  /** From now on its searches do not show what is written until `catchUp` is called. Left out: they always do. */
  lag?(): void;
  catchUp?(): void;
  /** An agent adds a line of their own to a call's text. */
  editLog(id: string, line: string): void;
  contacts(): FakeContact[];
  logs(): FakeLog[];
  /** Left out where the connector makes no tasks. */
  tasks?(): { id: string; subject: string }[];
  /** The vendor's own "slow down" and "who are you?". */
  slowDown: FakeAnswer;
  unauthorised: FakeAnswer;
}

export interface CrmCase {
  connector: Connector;
  /** Which of its cases this is, of a connector that has several; goes behind its name. */
  variant?: string;
  /** The least that it wants, if anything. */
  settings?: Record<string, unknown>;
  /** Base URL that the endpoint would have. */
  url: string;
  newFake(): FakeCrm;
}
