import * as https from 'node:https';
import type { Manifest } from '../../support/app';
import type { Kube } from './kube';

const PLURALS: Readonly<Record<string, string>> = {
  Endpoints: 'endpoints',
  Ingress: 'ingresses',
  IngressClass: 'ingressclasses',
};

/** 'networkpolicies' of NetworkPolicy. */
export function pluralOf(kind: string): string {
  const word = kind.toLowerCase();
  return (
    PLURALS[kind] ??
    (/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : word.endsWith('ss') ? `${word}es` : `${word}s`)
  );
}

/** Asks the API server to create objects without storing them, with strict validation of fields. */
export class DryRun {
  private readonly agent = new https.Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false });
  private readonly server: URL;
  private readonly token: string;

  constructor({ config }: Kube) {
    this.server = new URL(config.getCurrentCluster()!.server);
    this.token = config.getCurrentUser()!.token!;
  }

  /** What the API server says of an object that it refuses. */
  async refusal(manifest: Manifest): Promise<string | undefined> {
    const { apiVersion, kind, metadata } = manifest;
    const base = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
    const path = `${base}${namespace}/${pluralOf(kind)}?dryRun=All&fieldValidation=Strict`;
    const { status, body } = await this.posted(path, JSON.stringify(manifest));
    return status >= 400 ? `${status} ${(JSON.parse(body) as { message?: string }).message ?? body}` : undefined;
  }

  close(): void {
    this.agent.destroy();
  }

  /** Again when the server closed the connection, as it does with one that was idle; nothing is stored. */
  private async posted(path: string, text: string, tries = 3): Promise<{ status: number; body: string }> {
    try {
      return await this.post(path, text);
    } catch (e) {
      if (tries > 1 && (e as NodeJS.ErrnoException).code === 'ECONNRESET') {
        return this.posted(path, text, tries - 1);
      }
      throw e;
    }
  }

  private post(path: string, text: string): Promise<{ status: number; body: string }> {
    const headers = { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' };
    return new Promise((resolve, reject) => {
      const request = https.request(new URL(path, this.server), { method: 'POST', agent: this.agent, headers });
      request.on('error', reject);
      request.on('response', (response) => {
        let body = '';
        response.on('data', (data) => {
          body += data;
        });
        response.on('end', () => resolve({ status: response.statusCode!, body }));
      });
      request.end(text);
    });
  }
}
