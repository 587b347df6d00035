import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Env } from '#platform';
import type { Identify } from '../access/identify.js';
import {
  cookieRules,
  sessionCookie,
  SESSION_COOKIE_SECONDS,
  type OurCookie,
} from '../access/session-cookie.js';
import type { Browser } from './open-session.js';
import type { Opened } from './session-desk.js';
import type { SessionDto } from './session.dto.js';

/** What signing in has to do with HTTP: where a request comes from, and the cookie of its answer. */
export class Visit {
  private readonly cookie: OurCookie;

  constructor(
    private readonly identify: Pick<Identify, 'addressOf' | 'sourceOf'>,
    env: Pick<Env, 'API_PUBLIC_URL' | 'PUBLIC_URL'>,
  ) {
    this.cookie = sessionCookie(cookieRules(env));
  }

  browserOf({ headers, socket }: FastifyRequest): Browser {
    const { remoteAddress } = socket;
    return { address: this.identify.addressOf({ headers, remoteAddress }), userAgent: headers['user-agent'] };
  }

  /** As it is counted. */
  sourceOf({ headers, socket }: FastifyRequest): string {
    return this.identify.sourceOf({ headers, remoteAddress: socket.remoteAddress });
  }

  /** Gives the browser the session, and says who it is. */
  begin(reply: FastifyReply, { token, answer }: Opened): SessionDto {
    void reply.header('set-cookie', this.cookieOf(token));
    return answer;
  }

  /** The value of Set-Cookie that gives a browser a session. */
  cookieOf(token: string): string {
    return this.cookie.set(token, SESSION_COOKIE_SECONDS);
  }

  end(reply: FastifyReply): void {
    void reply.header('set-cookie', this.cookie.clear());
  }
}
