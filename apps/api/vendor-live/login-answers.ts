import { AppError } from '#domain';
import {
  readLogin,
  writeLogin,
  writeMonitors,
  writeRefusal,
  writeSettings,
  type RefusalStatus,
} from '#dialects';
import type { LogIn, Origin } from './log-in.js';
import { stableNumber } from '../vendor-api/stable-number.js';
import type { VendorLogin } from './vendor-logins.js';
import type { VendorTokens } from './vendor-tokens.js';

export interface LoginAnswersParts {
  logIn: Pick<LogIn, 'bySecret' | 'byToken'>;
  tokens: Pick<VendorTokens, 'issue'>;
  /** Where we are reached, as a URL. */
  publicUrl: () => string;
}

export interface LoginAnswer {
  status: number;
  body: object;
}

/** What the vendor's login, refresh and settings answer, over HTTP. */
export class LoginAnswers {
  constructor(private readonly parts: LoginAnswersParts) {}

  /** @param given  members of the body or of the query */
  login(given: unknown, origin: Origin): Promise<LoginAnswer> {
    return answered(async () => {
      const reading = readLogin(given);
      if (!reading.ok) throw new AppError('rejected', 'login.unreadable', reading.reason, { status: 400 });
      return writeLogin(this.factsOf(await this.parts.logIn.bySecret(reading.presented, origin)));
    });
  }

  /** @param token  the bearer's */
  refresh(token: string | undefined, origin: Origin): Promise<LoginAnswer> {
    return answered(async () =>
      writeLogin(this.factsOf(await this.parts.logIn.byToken(token ?? '', 'refresh', origin))),
    );
  }

  settings(token: string | undefined, origin: Origin): Promise<LoginAnswer> {
    return answered(async () =>
      writeSettings(this.factsOf(await this.parts.logIn.byToken(token ?? '', 'access', origin))),
    );
  }

  /** No secret, and the same for everybody. */
  monitors(): Promise<LoginAnswer> {
    return Promise.resolve({ status: 200, body: writeMonitors(this.host()) });
  }

  private host(): string {
    return new URL(this.parts.publicUrl()).host;
  }

  private factsOf(login: VendorLogin) {
    return {
      host: this.host(),
      tokens: this.parts.tokens.issue(login),
      person: stableNumber('credential', login.credentialId),
    };
  }
}

const STATUSES: readonly RefusalStatus[] = [400, 401, 403, 429, 503];

/** @throws what is no refusal */
async function answered(make: () => Promise<object>): Promise<LoginAnswer> {
  try {
    return { status: 200, body: await make() };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const status = STATUSES.find((one) => one === error.status) ?? 400;
    return { status, body: writeRefusal(status, error.message) };
  }
}
