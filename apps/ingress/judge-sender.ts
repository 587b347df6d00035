import { AppError } from '#domain';
import type { Dialect, FullReply, KeptParts, Secrets, SignedRequest } from '#dialects';
import { sealedFor, type IngressConnection } from '#db';
import type { SecretBox } from '#platform';

/** Opened secrets of connections; when there are more, all are forgotten. */
const KEEP_MOST = 2_000;
const NO_SECRETS: Secrets = {};

/** What became of a message before it is kept: it was a question that is answered at once, or it is kept with a word about its sender. */
export type Judgement =
  { kind: 'answered'; reply: FullReply } | { kind: 'kept'; sender: 'proved' | 'unproved' };

/** Judges, for dialects that can, whether a message is the PBX's own. */
export class JudgeSender {
  private readonly opened = new Map<string, Secrets>();

  constructor(private readonly box: Pick<SecretBox, 'open'>) {}

  /**
   * @param request  as it came, nothing masked
   * @throws AppError `ingress.bad_signature`, 401 or 403
   */
  judge(
    dialect: Pick<Dialect, 'verify' | 'handshake'>,
    connection: Pick<IngressConnection, 'connectionId' | 'settings' | 'sealedSecrets'>,
    request: SignedRequest,
  ): Judgement {
    const { settings } = connection;
    const secrets = this.secretsOf(connection);
    const reply = dialect.handshake?.(request, settings, secrets);
    if (reply !== undefined) return { kind: 'answered', reply };
    const verification = dialect.verify?.(request, settings, secrets);
    if (verification?.ok === false) {
      const { reason, status } = verification;
      throw new AppError('rejected', 'ingress.bad_signature', reason, { status });
    }
    return { kind: 'kept', sender: verification?.checked === true ? 'proved' : 'unproved' };
  }

  /** What is kept of a message, without a secret that it told. */
  hide(
    dialect: Pick<Dialect, 'hideToldSecret'>,
    connection: Pick<IngressConnection, 'connectionId' | 'settings' | 'sealedSecrets'>,
    kept: KeptParts,
  ): KeptParts {
    return dialect.hideToldSecret?.(kept, connection.settings, this.secretsOf(connection)) ?? kept;
  }

  private secretsOf({
    sealedSecrets,
    connectionId,
  }: Pick<IngressConnection, 'connectionId' | 'sealedSecrets'>): Secrets {
    return sealedSecrets == null ? NO_SECRETS : this.open(sealedSecrets, connectionId);
  }

  private open(sealed: string, connectionId: string): Secrets {
    const known = this.opened.get(sealed);
    if (known !== undefined) return known;
    const secrets = JSON.parse(this.box.open(sealed, sealedFor.signingSecrets(connectionId))) as Secrets;
    if (this.opened.size >= KEEP_MOST) this.opened.clear();
    this.opened.set(sealed, secrets);
    return secrets;
  }
}
