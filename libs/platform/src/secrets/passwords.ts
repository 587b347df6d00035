import { AppError } from '#domain';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** OWASP's password storage cheat sheet: 32 MiB and about 0.3 s a hash. */
const COST = { ln: 15, r: 8, p: 3 } as const;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** More would take the memory and the threads of everybody else. */
const AT_ONCE = 2;
/** Who comes when so many wait already is told to come back. */
const MOST_WAITING = 64;

const PHC =
  /^\$scrypt\$ln=(?<ln>\d{1,2}),r=(?<r>\d{1,2}),p=(?<p>\d{1,2})\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)$/;

interface Cost {
  ln: number;
  r: number;
  p: number;
}

/** Hashes passwords with scrypt (RFC 7914) and keeps them as PHC strings: `$scrypt$ln=15,r=8,p=3$salt$hash`. */
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Compared with where there is no hash, so that it takes the same time. */
  private readonly nobody = phc(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

  /** @throws AppError `sign_in.busy` (unavailable) when too many wait already */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return phc(salt, await this.derive(password, salt, COST, HASH_BYTES));
  }

  /**
   * @param kept  what `hash` made; null where there is nobody, which takes as long
   * @throws AppError `sign_in.busy` (unavailable) when too many wait already
   */
  async matches(password: string, kept: string | null): Promise<boolean> {
    const read = PHC.exec(kept ?? this.nobody)?.groups;
    if (read === undefined)
      throw new AppError('misconfigured', 'password.unreadable', 'A password hash cannot be read.');
    const [salt, hash] = [
      Buffer.from(read['salt'] ?? '', 'base64'),
      Buffer.from(read['hash'] ?? '', 'base64'),
    ];
    const cost = { ln: Number(read['ln']), r: Number(read['r']), p: Number(read['p']) };
    const derived = await this.derive(password, salt, cost, hash.length);
    return timingSafeEqual(derived, hash) && kept !== null;
  }

  private async derive(password: string, salt: Buffer, cost: Cost, length: number): Promise<Buffer> {
    await this.turn();
    try {
      return await derived(password, salt, cost, length);
    } finally {
      const next = this.waiting.shift();
      // Whoever waits takes the place over, so that nobody who comes now gets in between.
      if (next) next();
      else this.running -= 1;
    }
  }

  private async turn(): Promise<void> {
    if (this.running < AT_ONCE) {
      this.running += 1;
      return;
    }
    if (this.waiting.length >= MOST_WAITING) {
      const message = 'Too many people sign in at this moment: try again in a few seconds.';
      throw new AppError('unavailable', 'sign_in.busy', message, { retryAfterSeconds: 5 });
    }
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}

function derived(password: string, salt: Buffer, { ln, r, p }: Cost, length: number): Promise<Buffer> {
  const N = 2 ** ln;
  // What scrypt needs, and a little more for Node's own count.
  const maxmem = 128 * r * (N + p) + 1024 * 1024;
  return new Promise((resolve, reject) => {
    // The same letters typed on another keyboard are the same password (NIST SP 800-63B, section 5.1.1.2).
    scrypt(password.normalize('NFKC'), salt, length, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function phc(salt: Buffer, hash: Buffer): string {
  return `$scrypt$ln=${String(COST.ln)},r=${String(COST.r)},p=${String(COST.p)}$${bare(salt)}$${bare(hash)}`;
}

/** Base64 without padding, as PHC strings have it. */
function bare(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
