import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Plan, RemedyStep } from '../../../review/plan/model';
import { plan } from '../../../review/plan/plan';
import { temporaryFolder } from '../../support/app';
import { setOf } from '../../support/manifest-sets';
import type { TestCluster } from './cluster';
import { runCommand } from './documented';
import { eventually } from './eventually';

/** Two sets of one namespace, as files: what is applied, and what is applied over it. */
export class PlanCase {
  private readonly folder = temporaryFolder();
  readonly plan: Plan;

  /** @param namespace replaces NAMESPACE in both texts, also in names of objects of the whole cluster */
  constructor(
    private readonly cluster: TestCluster,
    readonly namespace: string,
    old: string,
    next: string,
  ) {
    const [before, after] = [old, next].map((text) => text.replaceAll('NAMESPACE', namespace));
    this.write('old', before!);
    this.write('new', after!);
    this.plan = plan(setOf(before!), setOf(after!), { apply: `kubectl apply -f ${this.file('new')}` });
  }

  /** Applies the old set, in a namespace of its own. */
  async applyOld(): Promise<void> {
    await this.cluster.kubectl.run('create', 'namespace', this.namespace);
    // the service account of a namespace comes a moment later, and pods need it
    await eventually(`the service account of ${this.namespace}`, () =>
      this.cluster.kube.core.readNamespacedServiceAccount({ name: 'default', namespace: this.namespace }),
    );
    await this.cluster.kubectl.run('apply', '-f', this.file('old'));
  }

  /** What kubectl says to the new set; an apply goes on after an object that is refused. */
  async applyNew(): Promise<string> {
    const { stdout, stderr } = await this.cluster.kubectl.try('apply', '-f', this.file('new'));
    return `${stdout}${stderr}`;
  }

  /** Runs the commands of steps as they are printed. */
  async follow(steps: readonly RemedyStep[]): Promise<void> {
    for (const { command } of steps) {
      if (command !== undefined) {
        await runCommand(this.cluster.kubectl, command, { namespace: this.namespace });
      }
    }
  }

  /** What another apply of the new set would change, which is nothing once the cluster has it. */
  async missing(): Promise<string> {
    // an apply says 'configured' of sets and of stringData though nothing changes
    const { stdout, stderr } = await this.cluster.kubectl.try('diff', '-f', this.file('new'));
    return `${stdout}${stderr}`;
  }

  /** What is still there of the old set. */
  remaining(): Promise<string> {
    return this.cluster.kubectl.run('get', '-f', this.file('old'), '--ignore-not-found', '--output=name');
  }

  private file(side: string): string {
    return path.join(this.folder, `${side}.yaml`);
  }

  private write(side: string, text: string): void {
    fs.writeFileSync(this.file(side), text);
  }
}
