const TRIED = 'switchhook.phone-reloaded';
/** Its policy names the WebSockets of whoever is signed in when it is loaded. */
const PAGE = '/agent';

/**
 * Who signed in just now, or came from another screen, looks at a page of before, whose policy forbids the phone's WebSocket.
 * Loaded anew it allows it. Once: where it forbids it still, something else is wrong.
 *
 * @returns ends it
 */
export function reloadIfForbidden(wsUrl: string): () => void {
  const look = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective !== 'connect-src' || !isOf(blockedURI, wsUrl)) return;
    if (location.pathname !== PAGE || sessionStorage.getItem(TRIED) === wsUrl) return;
    sessionStorage.setItem(TRIED, wsUrl);
    location.reload();
  };
  document.addEventListener('securitypolicyviolation', look);
  return () => {
    document.removeEventListener('securitypolicyviolation', look);
  };
}

function isOf(blocked: string, wsUrl: string): boolean {
  try {
    return new URL(blocked).host === new URL(wsUrl).host;
  } catch {
    return false;
  }
}
