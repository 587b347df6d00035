import { connectorNamed, signInAt } from '#crm';
import type { EndpointAuthPutDto } from './endpoint-access.dto.js';

/** Credentials with what a connector knows of its CRM's page filled in where it was left out. */
export function withSignIn(
  auth: EndpointAuthPutDto,
  { format, url }: { format: string; url: string },
): EndpointAuthPutDto {
  const signIn = connectorNamed(format)?.signIn;
  if (auth.kind !== 'oauth2_code' || signIn === undefined) return auth;
  const { authoriseUrl, tokenUrl, scope, baseUrlFrom, ...same } = signInAt(signIn, url);
  const known = {
    ...{ authoriseUrl, tokenUrl },
    ...same,
    ...(scope !== null && { scope }),
    ...(baseUrlFrom !== null && { baseUrlFrom }),
  };
  const given = Object.entries(auth).filter(([, value]) => value !== undefined);
  return { ...known, ...Object.fromEntries(given) } as EndpointAuthPutDto;
}
