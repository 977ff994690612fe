import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { programs } from './binaries';

/** Not looking for unknown fields, for which kubectl reads the descriptions of all kinds: most of its work. */
export const QUICK = '--validate=ignore';

export interface Said {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** kubectl, as a user of the plane. */
export class Kubectl {
  constructor(
    private readonly kubeconfig: string,
    private readonly folder: string,
  ) {}

  /** For programs that call it, or take its configuration. */
  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      PATH: `${dirname(programs().kubectl)}:${process.env.PATH}`,
      KUBECONFIG: this.kubeconfig,
      // also where discovery is cached: not in the folder of the user, who may have a cluster of their own
      HOME: this.folder,
      KUBECACHEDIR: `${this.folder}/cache`,
      // it is over before its garbage is worth collecting
      GOGC: 'off',
    };
  }

  /** What it says, and how it ends. */
  try(...args: readonly string[]): Promise<Said> {
    const { env } = this;
    return new Promise((resolve, reject) => {
      const child = spawn(programs().kubectl, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
      const said = { stdout: '', stderr: '' };
      child.stdout.on('data', (data: Buffer) => {
        said.stdout += data;
      });
      child.stderr.on('data', (data: Buffer) => {
        said.stderr += data;
      });
      child.once('error', reject);
      child.once('close', (status) => resolve({ status: status ?? 1, ...said }));
    });
  }

  /** Its output; a failure is an error. */
  async run(...args: readonly string[]): Promise<string> {
    const { status, stdout, stderr } = await this.try(...args);
    if (status !== 0) {
      throw new Error(`kubectl ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
    }
    return stdout;
  }

  /**
   * As a user would, but unknown fields and warnings are errors. And patches are made from what kubectl itself knows of a kind:
   * they are the same, but otherwise it reads the description of the kind anew for each object, at ten times the cost.
   */
  tryApply(folder: string, ...more: readonly string[]): Promise<Said> {
    const flags = ['--validate=strict', '--warnings-as-errors', '--openapi-patch=false'];
    return this.try('apply', ...flags, '-f', folder, ...more);
  }

  /** The lines it prints: `service/web created`. Unknown fields and warnings are errors. */
  async apply(folder: string, ...more: readonly string[]): Promise<string[]> {
    const { status, stdout, stderr } = await this.tryApply(folder, ...more);
    if (status !== 0 || stderr !== '') {
      throw new Error(`kubectl apply -f ${folder} ended with ${status}:\n${stderr}`);
    }
    return stdout.trimEnd().split('\n');
  }

  /** Empties a node as for its replacement; what stops it longer than the time-out is an error. */
  drain(node: string, { seconds = 120 }: { readonly seconds?: number } = {}): Promise<string> {
    // every pod has a scratch folder, which is local storage to kubectl
    return this.run('drain', node, '--ignore-daemonsets', '--delete-emptydir-data', `--timeout=${seconds}s`);
  }
}
