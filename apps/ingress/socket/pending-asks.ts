import type { SocketReply } from '#db';

const ENDED = 'The connection of the PBX ended before it had answered.';
const LATE = 'The PBX did not answer in time.';

interface Pending {
  settle: (reply: SocketReply) => void;
  timer: NodeJS.Timeout;
}

/** Requests that were written to one socket and wait for their answers. */
export class PendingAsks {
  private readonly byId = new Map<string, Pending>();
  private isOver = false;

  get size(): number {
    return this.byId.size;
  }

  /** Resolves with the answer, or `unknown` when there is none in time or the socket ends. Never rejects. */
  wait(id: string, timeoutMs: number): Promise<SocketReply> {
    if (this.isOver) return Promise.resolve({ kind: 'unknown', why: ENDED });
    return new Promise((resolve) => {
      const settle = (reply: SocketReply): void => {
        clearTimeout(timer);
        this.byId.delete(id);
        resolve(reply);
      };
      const timer = setTimeout(settle, timeoutMs, { kind: 'unknown', why: LATE });
      this.byId.set(id, { settle, timer });
    });
  }

  /** @returns false for what nobody waits for any longer */
  answered(id: string, status: number, body: string): boolean {
    const pending = this.byId.get(id);
    pending?.settle({ kind: 'replied', status, body });
    return pending !== undefined;
  }

  /** What was written may have been carried out. */
  end(): void {
    this.isOver = true;
    for (const { settle } of [...this.byId.values()]) settle({ kind: 'unknown', why: ENDED });
  }
}
