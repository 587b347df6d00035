/** The parts of the clients of old protocols that tests use; they bring no types. */
declare module 'socket.io-client-1.3.7' {
  import type { ConnectOld } from 'socket.io-client-2.4.0';
  const connect: ConnectOld;
  export default connect;
}
declare module 'socket.io-client-2.4.0' {
  export interface OldClient {
    on(name: string, listener: (payload: unknown) => void): void;
    emit(name: string, payload?: unknown): void;
    close(): void;
  }
  export type ConnectOld = (url: string, options: Record<string, unknown>) => OldClient;
  const connect: ConnectOld;
  export default connect;
}
