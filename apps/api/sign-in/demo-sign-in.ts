import { SYSTEM, type TenantId } from '#domain';
import { OPERATOR, type LinkRepository } from '#db';
import { hashToken, newToken, type Clock } from '#platform';
import { makeLink } from './make-link.js';

const WHO = { email: 'demo@example.com', name: 'Demo administrator' };

export interface DemoSignInParts {
  links: Pick<LinkRepository, 'create' | 'use'>;
  clock: Pick<Clock, 'now'>;
}

/** Makes an administrator of a tenant who has no password, and a link that signs them in once. @returns path and fragment */
export async function demoSignIn({ links, clock }: DemoSignInParts, tenant: TenantId): Promise<string> {
  const token = newToken('swl');
  const expiresAt = clock.now();
  const invitation = { kind: 'invitation', email: WHO.email, role: 'admin', hash: hashToken(token) } as const;
  await links.create(tenant, { ...invitation, expiresAt: (expiresAt + 60_000) as typeof expiresAt }, SYSTEM);
  const person = await links.use({ hash: hashToken(token), name: WHO.name });
  const { path } = await makeLink({ links, clock }, OPERATOR, { kind: 'sign_in', userId: person.id }, SYSTEM);
  return path;
}
