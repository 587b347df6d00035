/** `POST /oauth/token.php`: an app's key and secret for a token (RFC 6749, section 4.4). */
import { json, type ApiReply, type ApiRequest } from '../vendor-api.js';

export const CLIENT_ID = 'simulatedVoipnowApp01';
export const CLIENT_SECRET = 'simulatedVoipnowSecret0001';
const LASTS_SECONDS = 3_600;

export class Tokens {
  private readonly given: { token: string; until: number }[] = [];

  /** @param nowMs  by the PBX's clock */
  trade({ method, form }: ApiRequest, nowMs: number): ApiReply | undefined {
    if (method !== 'POST') return undefined;
    const wrong = (error: string, status: number) =>
      json({ error, error_description: `It is ${error}.` }, status);
    if (form.get('grant_type') !== 'client_credentials') return wrong('unsupported_grant_type', 400);
    if (form.get('type') !== 'unifiedapi' || !form.get('redirect_uri')) return wrong('invalid_request', 400);
    if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET) {
      return wrong('invalid_client', 401);
    }
    const token = `1|3|simulated-token-${String(this.given.length + 1)}`;
    this.given.push({ token, until: nowMs + LASTS_SECONDS * 1_000 });
    return json({
      access_token: token,
      expires_in: String(LASTS_SECONDS),
      token_type: 'Bearer',
      scope: null,
    });
  }

  isGood(authorization: string | undefined, nowMs: number): boolean {
    return this.given.some(({ token, until }) => authorization === `Bearer ${token}` && until > nowMs);
  }
}
