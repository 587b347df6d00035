import { AppError, type PortalId } from '#domain';
import type { PortalPass, PortalRepository } from '#db';
import type { Clock } from '#platform';
import { TokenDirectory } from './token-directory.js';

/** What tokens of portals begin with; those of API keys never do. */
export const PORTAL_PREFIX = 'swp';

export interface PortalDirectoryParts {
  portals: Pick<PortalRepository, 'byHash' | 'hashes'>;
  clock: Pick<Clock, 'now'>;
}

/** Finds the portals of tokens, as KeyDirectory finds keys: what ends here is refused here at once, elsewhere within seconds. */
export class PortalDirectory {
  private readonly passes: TokenDirectory<PortalPass>;

  constructor(private readonly parts: PortalDirectoryParts) {
    this.passes = new TokenDirectory(parts.portals, parts.clock);
  }

  static isMeant(token: string): boolean {
    return token.startsWith(`${PORTAL_PREFIX}_`);
  }

  /**
   * @param source  where the request came from, see `sourceKey`
   * @throws AppError 401 `portal.ended`, 429 `portal.too_many_wrong`
   */
  async pass(token: string, source: string): Promise<PortalPass> {
    const finding = await this.passes.find(token, source);
    if (finding.found === undefined) throw finding.waitSeconds > 0 ? tooMany(finding.waitSeconds) : ended();
    if (this.parts.clock.now() >= finding.found.expiresAt) throw ended();
    return finding.found;
  }

  /** One portal has ended. */
  forget(id: PortalId): void {
    this.passes.forget(({ portal }) => portal.id === id);
  }
}

function ended(): AppError {
  const message = 'This portal has ended: open it again from the page that it belongs to.';
  return new AppError('rejected', 'portal.ended', message, { status: 401 });
}

function tooMany(retryAfterSeconds: number): AppError {
  const message =
    'Too many wrong tokens of portals came from this address: wait, then open the portal again.';
  return new AppError('rejected', 'portal.too_many_wrong', message, { status: 429, retryAfterSeconds });
}
