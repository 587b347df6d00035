/** What several connections hear alike: the same rooms of one tenant. A message is made and encoded once for all of them. */
export interface LiveView {
  /** Unlike that of any other view of this process. */
  name: string;
  rooms: ReadonlySet<string>;
}

interface Kept extends LiveView {
  key: string;
  members: number;
}

let made = 0;

/** The views of one tenant, found by what is heard in them. */
export class LiveViews {
  private readonly byKey = new Map<string, Kept>();
  private readonly byRoom = new Map<string, Set<Kept>>();

  get members(): number {
    return [...this.byKey.values()].reduce((sum, { members }) => sum + members, 0);
  }

  /** One more hears these rooms. Whoever does so leaves with the same view. */
  enter(rooms: readonly string[]): LiveView {
    const key = [...rooms].sort().join(' ');
    let view = this.byKey.get(key);
    if (view === undefined) {
      made += 1;
      view = { name: `view ${String(made)}`, rooms: new Set(rooms), key, members: 0 };
      this.byKey.set(key, view);
      for (const room of view.rooms) {
        const known = this.byRoom.get(room);
        if (known) known.add(view);
        else this.byRoom.set(room, new Set([view]));
      }
    }
    view.members += 1;
    return view;
  }

  leave({ rooms }: LiveView): void {
    const view = this.byKey.get([...rooms].sort().join(' '));
    if (view === undefined) return;
    view.members -= 1;
    if (view.members > 0) return;
    this.byKey.delete(view.key);
    for (const room of view.rooms) {
      const known = this.byRoom.get(room);
      known?.delete(view);
      if (known?.size === 0) this.byRoom.delete(room);
    }
  }

  all(): Iterable<LiveView> {
    return this.byKey.values();
  }

  /** Those in which any of these rooms is heard. */
  hearing(rooms: Iterable<string>): Set<LiveView> {
    const views = new Set<LiveView>();
    for (const room of rooms) for (const view of this.byRoom.get(room) ?? []) views.add(view);
    return views;
  }
}
