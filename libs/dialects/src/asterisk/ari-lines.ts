/** Where it dials. A second WebSocket of the same PBX is one of a second application there, which is told the same. */
export const ARI_LINES = ['ari', 'ari-2'] as const;
