import * as fs from 'node:fs';
import * as path from 'node:path';
import { CRDS_PRESENT, CUSTOM_KINDS } from '../../golden/custom-resources';
import { temporaryFolder } from '../../support/app';
import { installDefinitions } from './admission-definitions';
import type { TestCluster } from './cluster';
import { eventually } from './eventually';
import type { Kube } from './kube';
import { QUICK } from './kubectl';
import { addNodes, nodesOf } from './nodes';
import { Output } from './output';
import { isReady, nameOf, whyNot } from './pods';
import { clusterConfigIn } from './programs';
import { installSystemPods } from './system-pods';

/** For the names of tests: what the absence of a folder takes from them. */
export const LESS_CUSTOMS = CRDS_PRESENT ? '' : ', without custom resources: the folder of their definitions is absent';

/** Does what the steps beside a ClusterConfig say before the manifests: nodes, add-ons and controllers. */
export async function createCluster(
  cluster: TestCluster,
  folder: string,
  config = clusterConfigIn(folder)!,
): Promise<void> {
  const below = path.join(folder, 'cluster');
  const steps = fs.readdirSync(below).find((name) => name.endsWith('.md'))!;
  await addNodes(cluster.kube, nodesOf(config));
  await installSystemPods(cluster.kube, config, fs.readFileSync(path.join(below, steps), 'utf8'));
  await untilAllAvailable(cluster.kube);
}

/** Applies what a program wrote, and waits until all of it is available. */
export async function applyProgram(cluster: TestCluster, folder: string): Promise<void> {
  await applyOutput(cluster, folder);
  await untilAllAvailable(cluster.kube);
}

/** Applies what a program wrote. */
export async function applyOutput({ kubectl }: TestCluster, folder: string): Promise<void> {
  const output = new Output('program', folder, CRDS_PRESENT ? new Set() : CUSTOM_KINDS);
  if (output.manifests().some(({ kind }) => CUSTOM_KINDS.has(kind))) {
    await installDefinitions(kubectl, output.manifests(), temporaryFolder());
  }
  await kubectl.apply(output.copy(temporaryFolder(), ''), QUICK);
}

/** Waits until every workload of the cluster has all its pods, and each could be counted on for as long as it asks. */
async function untilAllAvailable(kube: Kube): Promise<void> {
  await eventually(
    'everything is available',
    async () => {
      const missing = await unavailable(kube);
      if (missing.length > 0) {
        throw new Error(missing.join('; '));
      }
      return true;
    },
    { seconds: 150, period: 2000 },
  );
}

async function unavailable({ apps, autoscaling, core }: Kube): Promise<string[]> {
  const [deployments, sets, agents, autoscalers, nodes, pods] = await Promise.all([
    apps.listDeploymentForAllNamespaces(),
    apps.listStatefulSetForAllNamespaces(),
    apps.listDaemonSetForAllNamespaces(),
    autoscaling.listHorizontalPodAutoscalerForAllNamespaces(),
    core.listNode(),
    core.listPodForAllNamespaces(),
  ]);
  const least = new Map(
    autoscalers.items.map(({ metadata, spec }) => [
      `${metadata!.namespace}/${spec!.scaleTargetRef.name}`,
      spec!.minReplicas!,
    ]),
  );
  const each = [
    ...[...deployments.items, ...sets.items].map(({ metadata, spec, status }) => {
      const id = `${metadata!.namespace}/${metadata!.name}`;
      return { id, wanted: Math.max(spec!.replicas!, least.get(id) ?? 0), found: status?.availableReplicas ?? 0 };
    }),
    ...agents.items.map(({ metadata, status }) => ({
      id: `${metadata!.namespace}/${metadata!.name}`,
      wanted: nodes.items.length,
      found: status?.numberAvailable ?? 0,
    })),
  ];
  return [
    ...each
      .filter(({ wanted, found }) => found !== wanted)
      .map(({ id, wanted, found }) => `${id}: ${found} of ${wanted}`),
    ...pods.items.filter((pod) => !isReady(pod) && whyNot(pod)).map((pod) => `${nameOf(pod)}: ${whyNot(pod)}`),
  ];
}
