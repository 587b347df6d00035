/** How a contact was found, best first. */
export const SEARCH_HITS = ['number', 'beginning', 'word', 'part', 'similar'] as const;
export type SearchHit = (typeof SEARCH_HITS)[number];

/** What a search has found so far, the best first, each once, and no more than was asked for. */
export class SearchHits {
  private readonly found = new Map<string, SearchHit>();

  constructor(readonly limit: number) {}

  add(hit: SearchHit, rows: readonly { id: string }[]): void {
    for (const { id } of rows) {
      if (this.isFull) return;
      if (!this.found.has(id)) this.found.set(id, hit);
    }
  }

  get isFull(): boolean {
    return this.found.size >= this.limit;
  }

  get isEmpty(): boolean {
    return this.found.size === 0;
  }

  get ids(): string[] {
    return [...this.found.keys()];
  }

  get all(): [id: string, hit: SearchHit][] {
    return [...this.found];
  }
}
