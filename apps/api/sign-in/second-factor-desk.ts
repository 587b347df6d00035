import { randomBytes } from 'node:crypto';
import { AppError, type Actor, type UserId } from '#domain';
import { sealedFor, type PersonRecord, type SecondFactorRepository, type SignedIn } from '#db';
import { hashToken, newTotpSecret, totpStepOf, totpUri, type Clock, type SecretBox } from '#platform';
import type { RecoveryCodesDto, TotpSecretDto } from './second-factor.dto.js';

const RECOVERY_CODES = 10;
/** 80 bits: they are kept as plain hashes, so nobody must be able to try them all. */
const RECOVERY_BYTES = 10;

export interface SecondFactorParts {
  secondFactors: SecondFactorRepository;
  box: Pick<SecretBox, 'seal' | 'open'>;
  clock: Pick<Clock, 'now'>;
}

/** The second factor of people: codes of an app (RFC 6238), each taken once, and recovery codes for who has lost it. */
export class SecondFactorDesk {
  constructor(private readonly parts: SecondFactorParts) {}

  /** A new secret. It counts when its first code comes. @throws AppError 409 `totp.on` */
  async begin({ person }: SignedIn): Promise<TotpSecretDto> {
    const secret = newTotpSecret();
    const sealed = this.parts.box.seal(secret, sealedFor.totp(person.id));
    if (!(await this.parts.secondFactors.begin(person.id, sealed))) {
      throw new AppError('conflict', 'totp.on', 'You have a second factor already: switch it off first.');
    }
    return { secret, uri: totpUri(secret, person.email) };
  }

  /**
   * The first code: from now on signing in wants one. All other sessions end.
   *
   * @returns recovery codes, which are kept nowhere
   * @throws AppError 401 `totp.refused`, 409 `totp.on` or `totp.not_begun`
   */
  async switchOn({ person, session }: SignedIn, code: string): Promise<RecoveryCodesDto> {
    const known = await this.parts.secondFactors.of(person.id);
    if (known === undefined) throw new AppError('conflict', 'totp.not_begun', 'Ask for a secret first.');
    if (known.isOn) throw new AppError('conflict', 'totp.on', 'You have a second factor already.');
    if (!(await this.takesStep(person.id, known.sealed, code))) throw refused();
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    await this.parts.secondFactors.switchOn(person.id, codes.map(hashOf), session.id);
    return { recoveryCodes: codes };
  }

  /** All sessions of the person end. */
  async switchOff(userId: UserId, by: Actor): Promise<void> {
    await this.parts.secondFactors.switchOff(userId, by);
  }

  /**
   * Lets a person on who has no second factor, or shows it.
   *
   * @throws AppError 401 `totp.needed` without a code, `totp.refused` for a wrong one or one that was taken already
   */
  async assert(person: Pick<PersonRecord, 'id' | 'hasTotp'>, code: string | undefined): Promise<void> {
    if (!person.hasTotp) return;
    if (code === undefined) {
      const message = 'Send a code of your app too, or one of your recovery codes.';
      throw new AppError('rejected', 'totp.needed', message, { status: 401 });
    }
    const known = await this.parts.secondFactors.of(person.id);
    const isRight =
      known !== undefined &&
      ((await this.takesStep(person.id, known.sealed, code)) ||
        (await this.parts.secondFactors.takeRecovery(person.id, hashOf(code))));
    if (!isRight) throw refused();
  }

  private async takesStep(userId: UserId, sealed: string, code: string): Promise<boolean> {
    const secret = this.parts.box.open(sealed, sealedFor.totp(userId));
    const step = totpStepOf(secret, code, this.parts.clock.now());
    return step !== null && (await this.parts.secondFactors.takeStep(userId, step));
  }
}

/** Such as `4f2a-91c0-77de-03b8-a6e5`. */
function newRecoveryCode(): string {
  return (randomBytes(RECOVERY_BYTES).toString('hex').match(/.{4}/g) ?? []).join('-');
}

/** However it was typed. */
function hashOf(code: string): Buffer {
  return hashToken(code.toLowerCase().replaceAll(/[^0-9a-z]/g, ''));
}

function refused(): AppError {
  const message = 'This code is wrong, or was used already: wait for the next one.';
  return new AppError('rejected', 'totp.refused', message, { status: 401 });
}
