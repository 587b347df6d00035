import { AppError, type ApiKeyId } from '#domain';
import { OPERATOR, type ApiKeyRecord, type ApiKeyRepository } from '#db';
import { hashToken, newToken, type Clock } from '#platform';
import type { Caller } from '../access/caller.js';
import type { KeyDirectory } from '../access/key-directory.js';
import { whoseAsked } from '../access/whose-asked.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { readTime, timeText, timeTextOrNull } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { ApiKeyDto, ApiKeyOnceDto, ApiKeyPageDto, ApiKeyQueryDto, NewApiKeyDto } from './api-key.dto.js';

/** Enough to tell keys apart, far too little to guess one. */
const PREFIX_LENGTH = 9;

export interface ApiKeyDeskParts {
  keys: ApiKeyRepository;
  directory: Pick<KeyDirectory, 'forget'>;
  clock: Pick<Clock, 'now'>;
}

/** Making, listing and revoking API keys: a tenant's own, or the operator's. */
export class ApiKeyDesk {
  constructor(private readonly parts: ApiKeyDeskParts) {}

  async create(caller: Caller, draft: NewApiKeyDto): Promise<ApiKeyOnceDto> {
    const whose = whoseAsked(caller, draft.operator ?? false);
    const expiresAt = readTime(draft.expiresAt) ?? null;
    if (expiresAt !== null && expiresAt <= this.parts.clock.now()) {
      throw invalidRequest([{ field: 'expiresAt', message: 'expiresAt must be in the future' }]);
    }
    const key = newToken('sk');
    const { name, scopes } = draft;
    const fresh = {
      name,
      scopes: [...new Set(scopes)],
      expiresAt,
      hash: hashToken(key),
      prefix: prefixOf(key),
    };
    const record = await this.parts.keys.create(whose, fresh, caller.actor);
    return { ...apiKeyView(record), key };
  }

  async list(caller: Caller, query: ApiKeyQueryDto): Promise<ApiKeyPageDto> {
    const whose = whoseAsked(caller, query.operator ?? false);
    return pageAnswer(await this.parts.keys.list(whose, pageAsk(query)), apiKeyView);
  }

  /** An operator without a tenant revokes operators' keys; not the one in use, so that one is always left. */
  async revoke(caller: Caller, keyId: ApiKeyId): Promise<void> {
    if (caller.operator && keyId === caller.actor.id) {
      throw new AppError('conflict', 'key.in_use', 'An operator key cannot revoke itself: use another one.');
    }
    await this.parts.keys.revoke(caller.tenant ?? OPERATOR, keyId, caller.actor);
    this.parts.directory.forget(keyId);
  }
}

export function prefixOf(key: string): string {
  return key.slice(0, PREFIX_LENGTH);
}

function apiKeyView(key: ApiKeyRecord): ApiKeyDto {
  const { id, name, prefix, scopes } = key;
  return {
    id,
    name,
    prefix,
    scopes,
    operator: key.tenantId === null,
    createdAt: timeText(key.createdAt),
    expiresAt: timeTextOrNull(key.expiresAt),
    revokedAt: timeTextOrNull(key.revokedAt),
    lastUsedAt: timeTextOrNull(key.lastUsedAt),
  };
}
