import { scryptSync } from 'node:crypto';
import { jest } from '@jest/globals';
import type { AgentId, Role, TenantId, UserId } from '#domain';
import { newId } from '#platform';
import { TestBrowser } from '../harness/browser.js';
import type { Sql } from '../harness/world.js';

// New passwords are hashed at their full price, beside other tests that want the processor too.
jest.setTimeout(120_000);

export const PASSWORD = 'correct horse battery';
/** Cheap, so that tests do not wait for it; the cost is part of what is kept. */
const KEPT = `$scrypt$ln=4,r=1,p=1$TmFDbA$${scryptSync(PASSWORD, Buffer.from('NaCl'), 32, {
  N: 16,
  r: 1,
  p: 1,
})
  .toString('base64')
  .replaceAll('=', '')}`;

export interface TestPerson {
  id: UserId;
  email: string;
}

/** Somebody whose password is `PASSWORD`. @param roles  what they are to whom; null is the installation */
export async function makePerson(
  sql: Sql,
  roles: readonly { tenant: TenantId | null; role: Role; agentId?: AgentId }[],
): Promise<TestPerson> {
  const userId = newId<UserId>();
  const email = `${userId}@example.com`;
  await sql.rows(
    `INSERT INTO app_user (id, email, name, password_hash, created_at, updated_at) VALUES ($1, $2, 'Dana Levi', $3, now(), now())`,
    [userId, email, KEPT],
  );
  for (const { tenant, role, agentId = null } of roles) {
    await sql.rows(
      `INSERT INTO membership (id, user_id, tenant_id, role, agent_id, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, now(), now())`,
      [newId(), userId, tenant, role, agentId],
    );
  }
  return { id: userId, email };
}

/** A browser in which somebody has signed in. */
export async function signedIn(url: string, { email }: TestPerson): Promise<TestBrowser> {
  const browser = new TestBrowser(url);
  const { status, text } = await browser.post('/v1/session', { email, password: PASSWORD });
  if (status !== 201) throw new Error(`Signing in was answered ${String(status)}: ${text}`);
  return browser;
}
