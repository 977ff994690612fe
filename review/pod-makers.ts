import { isCustomWorkload } from '../kube/custom-workloads';
import { type Inventory, kindsIn } from '../kube/inventory';
import { groupOf } from '../kube/kinds';
import type { Manifest } from '../kube/objects';
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

function namespacesWithHiddenPods(inventory: Inventory): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { apiVersion, kind, objects } of kindsIn(inventory)) {
    const mayMakePods = podMakersOf({ apiVersion, kind });
    for (const { manifest, namespace } of mayMakePods === 'none' ? [] : objects) {
      // what a later version of Kubernetes brings
      if (mayMakePods === 'all' || manifest.spec?.template !== undefined) {
        found.add(namespace);
        for (const target of targets(manifest.spec)) {
          found.add(target);
        }
      }
    }
  }
  return found;
}

/** Which objects of a kind may make pods that the set does not show. */
function podMakersOf(of: Pick<Manifest, 'apiVersion' | 'kind'>): 'all' | 'with a template' | 'none' {
  const group = groupOf(of.apiVersion);
  if (!isBuiltIn(group)) {
    return WITHOUT_PODS.has(group) || KINDS_WITHOUT_PODS.has(of.kind) ? 'none' : 'all';
  }
  // a controller adds labels to those of its templates
  return isCustomWorkload(of) ? 'all' : hasPodTemplate(of) ? 'none' : 'with a template';
}

function isBuiltIn(group: string): boolean {
  return !group.includes('.') || group.endsWith('.k8s.io');
}

/** Where a HelmRelease or an Application of Argo CD puts what it makes. */
function targets(spec: Readonly<Record<string, unknown>> = {}): string[] {
  const { namespace } = (spec.destination ?? {}) as { readonly namespace?: unknown };
  return [spec.targetNamespace, namespace].filter((name) => typeof name === 'string');
}
