import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { id, type Brand } from '#domain';

/** Asking the kernel for 16 bytes at a time costs more than everything else about an id. */
const POOL_BYTES = 4096;
const ID_BYTES = 16;

const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

function randomBytes(): Uint8Array {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  return pool.subarray(used - ID_BYTES, used);
}

/** A new UUIDv7. Ids made one after another in one process sort in that order, also within a millisecond. */
export function newId<T extends Brand<string, string>>(): T {
  return id<T>(next());
}

let lastMs = 0;
let sequence = 0;

/** `uuid` keeps its order within a millisecond only with its own random source, so the counter is kept here. */
function next(): string {
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = 0;
  } else {
    sequence += 1;
  }
  return v7({ msecs: lastMs, seq: sequence, random: randomBytes() });
}
