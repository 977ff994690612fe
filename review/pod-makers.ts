import { isCustomWorkload } from '../kube/custom-workloads';
import type { Inventory, InventoryObject } from '../kube/inventory';
import { groupOf } from '../kube/kinds';
import { hasPodTemplate } from '../kube/pod-templates';

/** Custom resources whose controllers make no pods with labels of their own, by API group. */
const WITHOUT_PODS: ReadonlySet<string> = new Set([
  'bitnami.com',
  'cert-manager.io',
  'cilium.io',
  'crd.projectcalico.org',
  'eks.amazonaws.com',
  'elbv2.k8s.aws',
  'external-secrets.io',
  'gateway.k8s.aws',
  'karpenter.k8s.aws',
  'karpenter.sh',
  'kyverno.io',
  'networking.istio.io',
  'networking.k8s.aws',
  'secrets-store.csi.x-k8s.io',
  'security.istio.io',
  'telemetry.istio.io',
  'traefik.io',
  'vpcresources.k8s.aws',
]);

/** Kinds without pods of groups that have others with pods. */
const KINDS_WITHOUT_PODS: ReadonlySet<string> = new Set([
  'AlertmanagerConfig',
  'ClusterTriggerAuthentication',
  'PodMonitor',
  'Probe',
  'PrometheusRule',
  'ScaledObject',
  'ScrapeConfig',
  'ServiceMonitor',
  'TriggerAuthentication',
]);

/** Namespaces in which controllers of custom resources may make pods that the set does not show; '' is every one. */
export function hiddenPods(inventory: Inventory): ReadonlySet<string> {
  return inventory.view(namespacesWithHiddenPods);
}

function namespacesWithHiddenPods({ objects }: Inventory): ReadonlySet<string> {
  return new Set(
    objects.filter(mayMakePods).flatMap(({ manifest, namespace }) => [namespace, ...targets(manifest.spec)]),
  );
}

function mayMakePods({ manifest }: InventoryObject): boolean {
  const { apiVersion, kind } = manifest;
  const group = groupOf(apiVersion);
  if (isBuiltIn(group)) {
    // what a later version of Kubernetes brings, and labels that a controller adds to those of its templates
    return isCustomWorkload(manifest) || (manifest.spec?.template !== undefined && !hasPodTemplate(manifest));
  }
  return !WITHOUT_PODS.has(group) && !KINDS_WITHOUT_PODS.has(kind);
}

function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Where a HelmRelease or an Application of Argo CD puts what it makes. */
function targets(spec: Readonly<Record<string, unknown>> = {}): string[] {
  const { namespace } = (spec.destination ?? {}) as { readonly namespace?: unknown };
  return [spec.targetNamespace, namespace].filter((name) => typeof name === 'string');
}
