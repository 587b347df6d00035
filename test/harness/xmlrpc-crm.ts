import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

/** What its CDR method answers: err 0, err 2, or a fault. */
export type XmlRpcServer = 'takes' | 'refuses' | 'faults';

/** One request as it came, and what Python's parser made of it. */
export interface XmlRpcRequest {
  server: XmlRpcServer;
  path: string;
  headers: Record<string, string>;
  body: string;
  method: string;
  params: [Record<string, unknown>];
}

/** A CRM that was written for Voicenter in Python: a process of its own with Python's XML-RPC server. */
export class XmlRpcCrm {
  readonly requests: XmlRpcRequest[] = [];
  private ports: Partial<Record<XmlRpcServer, number>> | undefined;
  private complaints = '';

  private constructor(private readonly child: ChildProcess) {
    if (child.stdout !== null) createInterface(child.stdout).on('line', (line) => this.hear(line));
    child.stderr?.on('data', (chunk: Buffer) => (this.complaints += chunk.toString()));
  }

  static async open(): Promise<XmlRpcCrm> {
    const script = fileURLToPath(new URL('./xmlrpc_crm.py', import.meta.url));
    const crm = new XmlRpcCrm(spawn('python3', [script], { stdio: ['pipe', 'pipe', 'pipe'] }));
    await until('Python’s XML-RPC server to listen', () => {
      if (crm.child.exitCode !== null) throw new Error(crm.complaints);
      return crm.ports;
    });
    return crm;
  }

  url(server: XmlRpcServer = 'takes'): string {
    return `http://127.0.0.1:${String(this.ports?.[server])}/RPC2`;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('close', resolve));
    this.child.stdin?.end();
    await ended;
  }

  private hear(line: string): void {
    const said: unknown = JSON.parse(line);
    if (this.ports === undefined) this.ports = said as Record<XmlRpcServer, number>;
    else this.requests.push(said as XmlRpcRequest);
  }
}
