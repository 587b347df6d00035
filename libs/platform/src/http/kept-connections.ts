import { Connection, type ConnectionOptions } from './connection.js';
import type { Place } from './place.js';

export interface KeptConnectionsOptions extends Omit<ConnectionOptions, 'onClosed'> {
  /** How many idle connections are kept open over all places. Those in use are as many as there are exchanges. */
  maxIdle: number;
}

/** The idle keep-alive connections, by place. How many exchanges run at once is their callers' business. */
export class KeptConnections {
  readonly #idle = new Map<string, Connection[]>();
  readonly #inUse = new Set<Connection>();
  readonly #connectionOptions: ConnectionOptions;
  #idleCount = 0;
  #isClosed = false;

  constructor(private readonly options: KeptConnectionsOptions) {
    this.#connectionOptions = {
      ...options,
      onClosed: (connection) => {
        this.#forget(connection);
      },
    };
  }

  get idleCount(): number {
    return this.#idleCount;
  }

  /** The connection to this place that was used last, or a new one. */
  take(place: Place): Connection {
    const connection = this.#idle.get(place.key)?.pop();
    if (connection === undefined) return this.takeNew(place);
    connection.isIdle = false;
    this.#idleCount -= 1;
    this.#inUse.add(connection);
    return connection;
  }

  /** A connection that certainly opens a new socket. */
  takeNew(place: Place): Connection {
    const connection = new Connection(place, this.#connectionOptions);
    this.#inUse.add(connection);
    return connection;
  }

  /** Keeps a connection whose exchange is complete. */
  giveBack(connection: Connection): void {
    this.#inUse.delete(connection);
    if (this.#isClosed) {
      connection.destroy();
      return;
    }
    const { key } = connection.place;
    const siblings = this.#idle.get(key);
    if (siblings === undefined) this.#idle.set(key, [connection]);
    else siblings.push(connection);
    connection.isIdle = true;
    this.#idleCount += 1;
    if (this.#idleCount > this.options.maxIdle) this.#closeOne();
  }

  /** Closes a connection whose exchange is not complete, or failed. */
  drop(connection: Connection): void {
    this.#inUse.delete(connection);
    const { key } = connection.place;
    if (this.#idle.get(key)?.length === 0) this.#idle.delete(key);
    connection.destroy();
  }

  /** Closes everything; exchanges under way fail. */
  close(): void {
    this.#isClosed = true;
    for (const connections of this.#idle.values())
      connections.forEach((connection) => {
        connection.destroy();
      });
    for (const connection of this.#inUse) connection.destroy();
    this.#idle.clear();
    this.#inUse.clear();
    this.#idleCount = 0;
  }

  /** Closes the coldest connection of one place and moves that place to the end, so that all take their turn. */
  #closeOne(): void {
    for (const [key, connections] of this.#idle) {
      this.#idle.delete(key);
      const coldest = connections.shift();
      if (connections.length > 0) this.#idle.set(key, connections);
      if (coldest === undefined) continue;
      coldest.isIdle = false;
      this.#idleCount -= 1;
      coldest.destroy();
      return;
    }
  }

  #forget(connection: Connection): void {
    if (!connection.isIdle) return;
    const { key } = connection.place;
    const siblings = this.#idle.get(key);
    const index = siblings?.indexOf(connection) ?? -1;
    if (siblings === undefined || index === -1) return;
    siblings.splice(index, 1);
    if (siblings.length === 0) this.#idle.delete(key);
    connection.isIdle = false;
    this.#idleCount -= 1;
    connection.destroy();
  }
}
