import { createContext, useContext } from 'react';
import type { ConnectionGuideDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';
import type { Own } from './texts-en';
import { ownOfSocket } from './texts-of-socket';

/** How the PBX tells of calls, of the connection that a screen is about. */
export const ConnectionKind = createContext<ConnectionGuideDto['kind']>('webhook');

/** What the screens of one connection say: of webhooks, or of messages. */
export function useConnectionTexts(): Own {
  return useOwnTexts(useContext(ConnectionKind) === 'socket' ? ownOfSocket : own);
}
