import * as https from 'node:https';
import type { Kube } from './kube';

/** What the API server answers. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** Requests to the API server as they are, over a few connections that are kept. */
export class Requests {
  private readonly agent = new https.Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
  readonly server: string;
  readonly token: string;

  constructor({ config }: Kube) {
    this.server = config.getCurrentCluster()!.server;
    this.token = config.getCurrentUser()!.token!;
  }

  close(): void {
    this.agent.destroy();
  }

  /** The answer; undefined where the server fails over the request and closes the connection, as it does with some objects. */
  async ask(method: string, path: string, body?: unknown, type = 'application/json'): Promise<Answered | undefined> {
    // a connection that was idle may be closed: there are several of them
    for (let tries = 0; tries < 10; tries++) {
      try {
        return await this.send(method, path, body, type);
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code !== 'ECONNRESET') {
          throw e;
        }
      }
    }
    return undefined;
  }

  /** What the server answers; a refusal is an error. */
  async done(method: string, path: string, body?: unknown, type?: string): Promise<unknown> {
    const answer = await this.ask(method, path, body, type);
    if (answer === undefined || answer.status >= 300) {
      throw new Error(`${method} ${path}: ${JSON.stringify(answer?.body)}`);
    }
    return answer.body;
  }

  private send(method: string, path: string, body: unknown, type: string): Promise<Answered> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': type };
    return new Promise((resolve, reject) => {
      const request = https.request(new URL(path, this.server), { method, agent: this.agent, headers });
      request.on('error', reject);
      request.on('response', (response) => {
        let text = '';
        response.on('data', (data) => {
          text += data;
        });
        response.on('end', () => resolve({ status: response.statusCode!, body: JSON.parse(text) }));
      });
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}
