import type { FoundDto } from '../api/operations';

/** Where a thing is shown that was found by the search; null for what has no screen. */
export function addressOfFound({ type, id }: Pick<FoundDto, 'type' | 'id'>, tenant: string): string | null {
  const at = `/t/${encodeURIComponent(tenant)}`;
  switch (type) {
    case 'call':
      return `${at}/calls/${id}`;
    case 'contact':
      return `${at}/contacts/${id}`;
    case 'endpoint':
      return `${at}/endpoints/${id}`;
    case 'connection':
      return `${at}/connections/${id}`;
    case 'ivr_flow':
      return `${at}/ivr/${id}`;
    case 'delivery':
      return `${at}/deliveries/${id}`;
    case 'replay':
      return `${at}/replays/${id}`;
    case 'agent':
      return `${at}/calls?agentId=${id}`;
    case 'event':
      return `${at}/deliveries?eventId=${id}`;
    case 'receipt':
      return null;
  }
}
