/** The part of the client of the protocol of before that tests use; it brings no types. */
declare module 'socket.io-client-2' {
  interface OldSocket {
    on(name: string, listener: (payload: unknown) => void): void;
    close(): void;
  }
  export default function connect(url: string, options: Record<string, unknown>): OldSocket;
}
