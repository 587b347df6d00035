/** What became of somebody who went to a CRM's page to agree, in words for people. Nothing of what came from outside is repeated. */

/** So long somebody may take for it. */
export const GRANT_JOURNEY_MS = 10 * 60 * 1_000;

/** RFC 6749, section 4.1.2.1, and OpenID Connect Core, section 3.1.2.6. */
const WORDS: Readonly<Record<string, string>> = {
  access_denied: 'Nobody agreed on the CRM’s page. Begin again, and agree there.',
  invalid_request:
    'The CRM’s page could not read what it was asked. Compare the settings of the access with the CRM’s documentation.',
  unauthorized_client: 'The CRM does not let this app ask people. Look at the app’s settings in the CRM.',
  unsupported_response_type:
    'The CRM’s page gives no codes. Compare its address with the CRM’s documentation.',
  invalid_scope: 'The CRM does not know the scope that it was asked for, or does not let this app have it.',
  server_error: 'The CRM’s page has a problem of its own. Begin again later.',
  temporarily_unavailable: 'The CRM’s page is too busy. Begin again later.',
  interaction_required: 'The CRM’s page has to be looked at. Begin again.',
  login_required: 'Nobody was signed in to the CRM. Sign in there, then begin again.',
  consent_required: 'Nobody agreed on the CRM’s page. Begin again, and agree there.',
};

/** @param error  as it came; any text */
export function grantProblem(error: string): string {
  return Object.hasOwn(WORDS, error)
    ? (WORDS[error] ?? '')
    : 'The CRM’s page did not give what it was asked for. Look at the app’s settings in the CRM, and begin again.';
}
