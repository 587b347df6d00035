/** "Who is calling?", asked by a PBX while the phone rings, and the answer. */

export interface PopupQuestion {
  kind: 'popup';
  /** The party outside, as the PBX printed it. */
  number: string;
  /** The number is an extension's, so nobody is to be found by it. */
  numberKind?: 'extension';
  /** Null where the PBX does not tell which call it is about. */
  vendorCallId: string | null;
  extension: string | null;
  did: string | null;
  /** What the PBX itself gave back of what it was told to remember. */
  customData: Readonly<Record<string, unknown>>;
}

export interface PopupAnswer {
  kind: 'popup';
  /** How many contacts have this number; 0 for an unknown caller. */
  total: number;
  /** The one that is shown; null for an unknown caller. */
  contact: { name: string; company: string | null } | null;
  /** The page to open: the contact's, else the tenant's form for a new one; null when the tenant gave neither. */
  url: string | null;
}
