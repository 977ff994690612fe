import type { V1DaemonSet, V1Deployment } from '@kubernetes/client-node';
import { releasesIn } from '../../../charts/cluster/app-review';
import { type systemManifest, systemPodsOf } from '../../../simulator/system-pods';
import type { Kube } from './kube';
import type { ClusterConfig } from './nodes';

interface WithAddons extends ClusterConfig {
  readonly addons?: readonly { readonly name: string }[];
}

/** The pods of the add-ons in a ClusterConfig and of the releases in the steps beside it, as stand-ins that take their room. */
export async function installSystemPods(kube: Kube, config: WithAddons, steps: string): Promise<void> {
  const names = [...(config.addons ?? []).map(({ name }) => name), ...releasesIn(steps)];
  const { manifests, unknown } = systemPodsOf(names);
  if (unknown.length > 0) {
    throw new Error(`what ${unknown.join(', ')} takes of the nodes is not in eks/addons.ts or eks/controllers.ts`);
  }
  await Promise.all(manifests.map((manifest) => install(kube, manifest)));
}

async function install(kube: Kube, manifest: ReturnType<typeof systemManifest>): Promise<void> {
  const namespace = 'kube-system';
  if (manifest.kind === 'DaemonSet') {
    await kube.apps.createNamespacedDaemonSet({ namespace, body: manifest as unknown as V1DaemonSet });
  } else {
    await kube.apps.createNamespacedDeployment({ namespace, body: manifest as unknown as V1Deployment });
  }
}
