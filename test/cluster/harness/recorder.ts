import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';

/** What the API server answered to a request. */
export interface Answer {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
}

/** Stands between kubectl and the API server, and keeps what the server answers, which kubectl tells only in part. */
export class Recorder {
  private answers: Answer[] = [];
  private readonly agent = new https.Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
  private readonly proxy: http.Server;

  private constructor(
    private readonly server: string,
    private readonly token: string,
  ) {
    this.proxy = http.createServer((request, response) => this.pass(request, response));
  }

  static async start(server: string, token: string): Promise<Recorder> {
    const recorder = new Recorder(server, token);
    await new Promise<void>((resolve) => recorder.proxy.listen(0, '127.0.0.1', resolve));
    return recorder;
  }

  /** For kubectl: --server. */
  get url(): string {
    return `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
  }

  /** What was answered since the last call, in its order. */
  take(): Answer[] {
    const taken = this.answers;
    this.answers = [];
    return taken;
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    this.proxy.closeAllConnections();
    await new Promise((resolve) => this.proxy.close(resolve));
  }

  private pass(request: http.IncomingMessage, response: http.ServerResponse): void {
    const url = new URL(request.url!, this.server);
    const headers = { ...request.headers, host: url.host, authorization: `Bearer ${this.token}` };
    // text that can be read here
    const asked = { ...headers, 'accept-encoding': 'identity' };
    const sent: Buffer[] = [];
    request.on('data', (part: Buffer) => sent.push(part));
    request.on('end', () => this.forward(url, request.method!, asked, Buffer.concat(sent), response));
  }

  /** Again when the server closed the connection, as it does with one that was idle. */
  private forward(
    url: URL,
    method: string,
    headers: http.OutgoingHttpHeaders,
    sent: Buffer,
    response: http.ServerResponse,
    tries = 3,
  ): void {
    const forwarded = https.request(url, { method, agent: this.agent, headers });
    forwarded.on('error', () =>
      tries > 1 ? this.forward(url, method, headers, sent, response, tries - 1) : response.destroy(),
    );
    forwarded.on('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const body = Buffer.concat(parts);
        this.keep(method, url.pathname, answer, body);
        response.writeHead(answer.statusCode!, answer.headers);
        response.end(body);
      });
    });
    forwarded.end(sent);
  }

  private keep(method: string, path: string, { statusCode, headers }: http.IncomingMessage, body: Buffer): void {
    if (headers['content-type']?.startsWith('application/json')) {
      this.answers.push({ method, path, status: statusCode!, body: JSON.parse(body.toString()) });
    }
  }
}
