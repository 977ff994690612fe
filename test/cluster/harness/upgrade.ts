import { Cluster, type EksApp, Tenant } from 'cdk8s-eks-patterns';
import { appOf, type Manifest, NODE_GROUP, newApp, synth } from '../../support/app';
import type { Edit } from '../upgrades/edit';
import { type Answer, answers } from './answers';
import type { PodEvent } from './audit';
import type { TestCluster } from './cluster';
import { eventually, pause } from './eventually';
import { isNotFound } from './kube';
import { type Snapshot, snapshot, unsettled, within } from './snapshot';

/** What was seen of an edit. */
export interface Observation {
  readonly edit: Edit;
  /** The output before. */
  readonly before: readonly Manifest[];
  /** What kubectl said to the output after. */
  readonly answers: readonly Answer[];
  /** What was there before, and at the end. */
  readonly was: Snapshot;
  readonly is: Snapshot;
  /** All that happened to its pods; those from the index `since` on came after the edit. */
  readonly events: readonly PodEvent[];
  readonly since: number;
  /** Objects that are no longer in the output: still in the cluster, and not. */
  readonly left: readonly Manifest[];
  readonly removed: readonly Manifest[];
  /** A rollout does not end. */
  readonly stuck: boolean;
  readonly later: string | undefined;
}

const SECONDS = 150;
/** Between two looks at everything. */
const ROUND = 1500;
/** Processes of kubectl at once; each goes through its objects one by one. */
const GROUPS = 3;
export const NODES = { ...NODE_GROUP, minSize: 9, desiredCapacity: 9, maxSize: 9 };

/**
 * Applies each program as it was, waits until nothing moves, applies it as it is now, and tells what happened.
 *
 * @param prefix of the namespaces
 */
export async function upgrade(cluster: TestCluster, edits: readonly Edit[], prefix = 'edit'): Promise<Observation[]> {
  const trials = edits.map((edit, i) => new Trial(cluster, edit, `${prefix}-${i + 1}`));
  const before = write(trials, 'before');
  // those of an earlier call are still there
  if ((await cluster.kube.core.listNode()).items.length === 0) {
    await cluster.addNodesOf(before);
  }
  const output = synth(before).manifests;
  await cluster.kubectl.apply(before.outdir);
  await settled(cluster, trials);
  await Promise.all(trials.map(({ edit, namespace }) => edit.meanwhile?.(cluster.kube, namespace)));
  await settled(cluster, trials);

  const was = await look(cluster);
  const alone = trials.filter(({ edit }) => edit.ofCluster).map((trial) => [trial]);
  const others = trials.filter(({ edit }) => !edit.ofCluster);
  const groups = Array.from({ length: GROUPS }, (_, i) => others.filter((_trial, k) => k % GROUPS === i));
  await Promise.all([...groups, ...alone].map((group) => applyAfter(cluster, group)));
  await settled(
    cluster,
    trials.filter(({ edit }) => !edit.stuck),
  );
  await Promise.all(trials.filter(({ edit }) => edit.stuck).map((trial) => trial.stuckOrSettled()));

  const is = await look(cluster);
  return Promise.all(trials.map((trial) => trial.observe(output, was, is)));
}

/** One app, with a tenant for each trial. */
function write(trials: readonly Trial[], which: 'before' | 'after'): EksApp {
  const prod = new Cluster(newApp(), 'prod', { region: 'us-west-2', version: '1.35', nodeGroups: [NODES] });
  for (const trial of trials) {
    trial.write(prod, which);
  }
  return appOf(prod);
}

async function applyAfter({ kubectl }: TestCluster, trials: readonly Trial[]): Promise<void> {
  const app = write(trials, 'after');
  const output = synth(app).manifests;
  const applied = new Date();
  const all = answers(await kubectl.tryApply(app.outdir), output);
  for (const trial of trials) {
    trial.answered(all, applied);
  }
}

const look = ({ kube }: TestCluster): Promise<Snapshot> => eventually('a look at everything', () => snapshot(kube));

async function settled({ kube }: TestCluster, trials: readonly Trial[]): Promise<void> {
  const namespaces = new Set(trials.flatMap((trial) => [...trial.namespaces]));
  await eventually(
    'everything is as it was asked for',
    async () => {
      await pause(ROUND);
      const missing = unsettled(within(await snapshot(kube), namespaces));
      if (missing.length > 0) {
        throw new Error(missing.join(', '));
      }
      return true;
    },
    { seconds: SECONDS },
  );
}

/** One edit under trial, in namespaces of its own. */
class Trial {
  readonly namespaces = new Set<string>();
  private answers: readonly Answer[] = [];
  private applied = new Date();

  constructor(
    private readonly cluster: TestCluster,
    readonly edit: Edit,
    readonly namespace: string,
  ) {}

  /** Writes one of the two programs below a cluster. */
  write(cluster: Cluster, which: 'before' | 'after'): void {
    this.edit[which]({
      cluster,
      tenant: (props = {}, suffix = '') => {
        const name = `${this.namespace}${suffix}`;
        this.namespaces.add(name);
        return new Tenant(cluster, name, props);
      },
    });
  }

  answered(all: readonly Answer[], applied: Date): void {
    this.answers = all.filter(({ manifest }) => this.owns(manifest));
    this.applied = applied;
  }

  private owns({ kind, metadata }: Manifest): boolean {
    const namespace: string | undefined = kind === 'Namespace' ? metadata.name : metadata.namespace;
    return namespace === undefined ? (this.edit.ofCluster ?? false) : this.namespaces.has(namespace);
  }

  /** The quota says no, for good: what it lets through is less than what runs. Or nothing is asked of it any more. */
  async stuckOrSettled(): Promise<void> {
    const { kube } = this.cluster;
    const { namespace } = this;
    await eventually(
      `the quota of ${namespace} refuses what '${this.edit.edit}' asks for`,
      async () => {
        await pause(ROUND);
        const { items } = await kube.core.listNamespacedEvent({ namespace });
        const isRefused = items.some(({ message }) => message?.includes('exceeded quota'));
        return isRefused || unsettled(within(await snapshot(kube), this.namespaces)).length === 0;
      },
      { seconds: SECONDS },
    );
  }

  async observe(output: readonly Manifest[], was: Snapshot, is: Snapshot): Promise<Observation> {
    const { edit, namespaces, applied } = this;
    const events = [...namespaces].flatMap((namespace) => this.cluster.audit.pods(namespace));
    const since = events.findIndex(({ at }) => at >= applied);
    const before = output.filter((manifest) => this.owns(manifest));
    const now = within(is, namespaces);
    return {
      edit,
      before,
      answers: this.answers,
      was: within(was, namespaces),
      is: now,
      events,
      since: since === -1 ? events.length : since,
      ...(await this.remains(before)),
      stuck: unsettled(now).length > 0,
      later: await edit.later?.(this.cluster.kube, this.namespace),
    };
  }

  /** What of the old output is not in the new one. */
  private async remains(before: readonly Manifest[]): Promise<Pick<Observation, 'left' | 'removed'>> {
    const identity = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace}/${metadata.name}`;
    const kept = new Set(this.answers.map(({ manifest }) => identity(manifest)));
    const dropped = before.filter((manifest) => !kept.has(identity(manifest)));
    const exist = await Promise.all(dropped.map((manifest) => this.exists(manifest)));
    return { left: dropped.filter((_, i) => exist[i]), removed: dropped.filter((_, i) => !exist[i]) };
  }

  private async exists({ apiVersion, kind, metadata: { name, namespace } }: Manifest): Promise<boolean> {
    const answer = await eventually(`an answer about ${kind} ${name}`, async () => {
      try {
        await this.cluster.kube.objects.read({ apiVersion, kind, metadata: { name, namespace } });
        return 'there';
      } catch (e) {
        if (isNotFound(e)) {
          return 'gone';
        }
        throw e;
      }
    });
    return answer === 'there';
  }
}
