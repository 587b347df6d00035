import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What it is asked to run, as far as it looks at it. */
interface Wanted {
  Image: string;
  Cmd: string[];
  Env?: string[];
  HostConfig: { PortBindings: Record<string, { HostPort: string }[]> };
}

interface Container {
  wanted: Wanted;
  port: number;
  program?: ChildProcess;
  log: string;
}

interface Engine {
  /** What starts in place of an image: a program, and how it is told the port of the host. */
  run: (wanted: Wanted, port: number) => ChildProcess;
  /** Images that it neither has nor can bring. */
  refuses: (image: string) => boolean;
}

/**
 * As much of a Docker engine as one container of `containers.ts` needs, by Docker's HTTP interface: it starts a program of this machine in its place.
 */
export class DockerEngine {
  readonly asked: string[] = [];
  mood: 'well' | 'silent' | 'broken' = 'well';
  private readonly containers = new Map<string, Container>();
  private readonly server: Server;

  private constructor(private readonly engine: Engine) {
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async open(engine: Engine): Promise<DockerEngine> {
    const opened = new DockerEngine(engine);
    await new Promise<void>((resolve) => opened.server.listen(0, '127.0.0.1', resolve));
    return opened;
  }

  /** For DOCKER_HOST. */
  get url(): string {
    return `tcp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get images(): string[] {
    return [...this.containers.values()].map(({ wanted }) => wanted.Image);
  }

  get running(): number {
    return [...this.containers.values()].filter(({ program }) => program !== undefined).length;
  }

  async close(): Promise<void> {
    for (const { program } of this.containers.values()) program?.kill('SIGKILL');
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const { pathname } = new URL(request.url ?? '', 'http://engine');
    const path = pathname.replace(/^\/v[\d.]+/, '');
    this.asked.push(`${request.method ?? ''} ${decodeURIComponent(path)}`);
    const json = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (this.mood === 'silent') return;
    if (this.mood === 'broken') {
      json(500, { message: 'not today' });
      return;
    }
    const image = /^\/images\/(.+)\/json$/.exec(path)?.[1];
    const [, id = '', verb] = /^\/containers\/([^/]+)(?:\/(\w+))?$/.exec(path) ?? [];
    const container = this.containers.get(id);
    if (path === '/info') json(200, { ServerVersion: '28', OSType: 'linux', OperatingSystem: 'none' });
    else if (image !== undefined) {
      if (this.engine.refuses(decodeURIComponent(image))) json(500, { message: 'no route to the registry' });
      else json(200, { Id: image });
    } else if (path === '/containers/create') json(201, { Id: this.create(JSON.parse(body) as Wanted) });
    else if (path === '/containers/json') json(200, []);
    else if (container === undefined) json(404, { message: `No such container: ${id}` });
    else if (verb === 'start') {
      this.start(container);
      response.writeHead(204).end();
    } else if (verb === 'json') json(200, described(id, container));
    else if (verb === 'logs') tellLog(container, response);
    else {
      // Stopped, or removed.
      container.program?.kill('SIGKILL');
      delete container.program;
      response.writeHead(204).end();
    }
  }

  private create(wanted: Wanted): string {
    const id = `container${String(this.containers.size + 1)}`;
    const [binding] = Object.values(wanted.HostConfig.PortBindings).flat();
    this.containers.set(id, { wanted, port: Number(binding?.HostPort), log: '' });
    return id;
  }

  private start(container: Container): void {
    const program = this.engine.run(container.wanted, container.port);
    container.program = program;
    program.stdout?.on('data', (chunk: Buffer) => (container.log += chunk.toString()));
  }
}

/** Runs a program with its words on stdout; for `run`. */
export function started(program: string, args: string[]): ChildProcess {
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
}

function described(id: string, { wanted, port, program }: Container): unknown {
  const [inside = ''] = Object.keys(wanted.HostConfig.PortBindings);
  const time = new Date().toISOString();
  return {
    Id: id,
    Name: `/${id}`,
    Config: { Hostname: id, Labels: {} },
    State: { Status: 'running', Running: program !== undefined, StartedAt: time, FinishedAt: time },
    NetworkSettings: {
      Ports: { [inside]: [{ HostIp: '0.0.0.0', HostPort: String(port) }] },
      Networks: {},
    },
  };
}

/** Docker's frames: stream, length, text. */
function tellLog(container: Container, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/vnd.docker.multiplexed-stream' });
  response.flushHeaders();
  let told = 0;
  const tell = (): void => {
    const text = Buffer.from(container.log.slice(told));
    told = container.log.length;
    if (text.length === 0) return;
    const head = Buffer.alloc(8);
    head[0] = 1;
    head.writeUInt32BE(text.length, 4);
    response.write(Buffer.concat([head, text]));
  };
  container.program?.stdout?.on('data', tell);
  tell();
}
