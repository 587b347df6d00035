import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { Connection } from './connection.js';
import { failureOf } from './failure-of.js';
import type { Opened } from './opened.js';

type IncomingHeaders = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

export interface DownloadLimits {
  /** From the start to the status line: name, connection, request. */
  headersMs: number;
  /** Longest silence of the server while we are ready to read. */
  silenceMs: number;
  /** How long whoever reads may pause; a player does when its user does. */
  pauseMs: number;
  maxBytes: number;
}

export interface DownloadPlan {
  path: string;
  headers: Record<string, string>;
  connection: Connection;
  limits: DownloadLimits;
  /** Called exactly once: when the headers came, or when they will not. */
  open: (opened: Opened) => void;
  /** Called exactly once, when the connection is no longer needed. */
  done: () => void;
}

/**
 * One body under way: undici's handler for it, and the stream that is read from it. The server is held back when the reader
 * is slow, so that nothing piles up here.
 */
export class Download implements Dispatcher.DispatchHandler {
  #controller: Dispatcher.DispatchController | null = null;
  #body: Readable | null = null;
  #bytes = 0;
  #isOpen = false;
  #isDone = false;
  #timer: NodeJS.Timeout;

  constructor(private readonly plan: DownloadPlan) {
    this.#timer = this.#after(plan.limits.headersMs);
  }

  start(): void {
    const { path, headers, connection } = this.plan;
    connection.dispatch({ method: 'GET', path, headers, body: null }, this);
  }

  abort(): void {
    this.#open({ kind: 'aborted' });
    this.#end(new Error('The reader went away.'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHeaders): void {
    // 1xx answers come before the real one.
    if (status < 200 || this.#isDone) return;
    this.#controller = controller;
    this.#body = new Readable({
      read: () => {
        this.#resume();
      },
      destroy: (error, callback) => {
        this.#end(error ?? undefined);
        callback(error);
      },
    });
    // Whoever was given the stream hears of errors by reading it; nobody need listen for the process to survive one.
    this.#body.on('error', () => undefined);
    this.#wait(this.plan.limits.silenceMs);
    this.#open({ kind: 'answered', status, headers: joined(headers), body: this.#body });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isDone || this.#body === null) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.plan.limits.maxBytes) {
      this.#end(new Error(`The body is larger than ${this.plan.limits.maxBytes} bytes.`));
      return;
    }
    if (this.#body.push(chunk)) {
      this.#wait(this.plan.limits.silenceMs);
      return;
    }
    controller.pause();
    this.#wait(this.plan.limits.pauseMs);
  }

  onResponseEnd(): void {
    this.#body?.push(null);
    this.#finish();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#open(failureOf(error));
    this.#end(error);
  }

  #resume(): void {
    if (this.#isDone || this.#controller?.paused !== true) return;
    this.#wait(this.plan.limits.silenceMs);
    this.#controller.resume();
  }

  #expire(): void {
    const seconds = this.plan.limits.headersMs / 1_000;
    this.#open({ kind: 'failed', cause: 'timeout', message: `No answer within ${seconds} s.` });
    this.#end(new Error('Nothing moved for too long.'));
  }

  /** Ends it early: the stream, when there is one, fails. */
  #end(error: Error | undefined): void {
    if (this.#isDone) return;
    this.#finish();
    this.#body?.destroy(error);
  }

  #finish(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    clearTimeout(this.#timer);
    this.plan.done();
  }

  #open(opened: Opened): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.plan.open(opened);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = this.#after(ms);
  }

  #after(ms: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#expire();
    }, ms);
  }
}

/** A field that came more than once is one field with commas (RFC 9110, section 5.3). */
function joined(headers: IncomingHeaders): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) found[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return found;
}
