import { addTo } from '../../../kube/collections';
import { asksFor, INJECTORS, type Injector, isOptedOut, PROVIDED } from '../../../kube/injectors';
import type { Inventory, InventoryObject, PodObject } from '../../../kube/inventory';
import { title } from '../../../kube/inventory';
import { keyPath } from '../../../kube/text';
import { allowsPort } from '../../network/allows';
import { policiesAreKnown, policiesOf } from '../../network/policies';
import type { Rule } from '../../rule';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

/** Containers that the manifests do not have. */
export const rule: Rule = {
  id: 'containers/injected',
  title:
    'injected containers are allowed by the Pod Security level, have room in the quota, and reach their control plane',
  severity: 'warning',
  why: 'Containers that a mesh or an agent injects are in no manifest. Pod Security refuses the pods for what the injected containers ask for, and a quota that counts the manifests is exceeded by them: the workload is applied, and its pods never come, or wait for a control plane that network policies close.',
  source: 'https://istio.io/latest/docs/setup/additional-setup/pod-security-admission/',
  bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled, pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`,
  good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled, pod-security.kubernetes.io/enforce: privileged } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { containers: [{ name: web, image: 'example.com/web:1.0.0' }] }
`,
  check: ({ inventory }, report) => {
    const spaces = new Map(inventory.ofKind('Namespace', '').map((object) => [object.manifest.metadata.name, object]));
    const pods = new Map<string, PodObject[]>();
    for (const pod of inventory.pods) {
      addTo(pods, pod.namespace, pod);
    }
    const known = policiesAreKnown(inventory);
    for (const [namespace, inside] of pods) {
      const space = spaces.get(namespace);
      const enforced = space?.manifest.metadata.labels?.[ENFORCE] ?? 'privileged';
      const { labels, annotations } = space?.manifest.metadata ?? {};
      for (const injector of INJECTORS) {
        const level = annotations?.[PROVIDED.plugin] === injector.name ? 'privileged' : enforced;
        const tell = (
          object: InventoryObject,
          asked: string,
          field: string,
          whose: string,
          of: readonly PodObject[],
        ) => {
          const counted = hasQuota(inventory, namespace, injector);
          const closed = known ? closedPort(inventory, of, injector) : undefined;
          const consequence = consequenceOf(injector, level, counted, closed);
          if (consequence !== undefined) {
            report(object, {
              message: `'${asked}' of ${title(object)} lets ${injector.name} add a container to ${whose}: ${consequence}`,
              fix: wayOut(injector, level, counted, closed, asked),
              field: keyPath(field, asked),
            });
          }
        };
        const key = asksFor(injector.onNamespace, labels, annotations);
        const meant =
          key === undefined ? [] : inside.filter((pod) => !isOptedOut(injector.onPod, pod.labels, pod.annotations));
        if (space && key !== undefined && meant.length > 0) {
          const whose =
            meant.length === 1 ? `the pods of ${title(meant[0]!)}` : `the pods of ${meant.length} workloads`;
          tell(space, key, labels?.[key] === undefined ? 'metadata.annotations' : 'metadata.labels', whose, meant);
          continue;
        }
        for (const pod of inside) {
          const asked = asksFor(injector.onPod, pod.labels, pod.annotations);
          if (asked !== undefined) {
            const field = `${keyPath(pod.at, 'metadata')}.${pod.labels[asked] === undefined ? 'annotations' : 'labels'}`;
            tell(pod, asked, field, 'its pods', [pod]);
          }
        }
      }
    }
  },
};

/** The port of the injector's control plane that the policies of one of the pods close, wherever it runs. */
function closedPort(inventory: Inventory, pods: readonly PodObject[], { calls }: Injector): number | undefined {
  return calls?.ports.find((port) =>
    pods.some((pod) => {
      const { egress } = policiesOf(inventory, pod);
      return (
        egress !== undefined && !egress.some(({ ports }) => allowsPort(ports, { port, protocol: 'TCP' }, undefined))
      );
    }),
  );
}

function wayOut(
  { instead, calls }: Injector,
  level: string,
  counted: boolean,
  closed: number | undefined,
  asked: string,
): string {
  if (level !== 'privileged' && instead) {
    return instead;
  }
  const steps = [
    ...(closed === undefined
      ? []
      : [
          `let the pods out to ${calls!.where} (connectsTo: [Peer.of(plus.Namespaces.select(...), ${calls!.ports.join(', ')})], or a NetworkPolicy)`,
        ]),
    ...(counted ? ['raise the quota by what the container asks for'] : []),
  ];
  return `${steps.join(' and ')}, or leave '${asked}' out`;
}

/** What comes of an injected container; undefined where nothing is in its way. */
function consequenceOf(
  { refused, calls }: Injector,
  level: string,
  counted: boolean,
  closed: number | undefined,
): string | undefined {
  const refusal = refused !== undefined && (level === 'restricted' || level === 'baseline');
  const parts = [
    ...(refusal ? [`it asks for ${refused}, which level '${level}' of the namespace refuses`] : []),
    ...(counted ? ['the quota of the namespace counts it, and the manifests do not'] : []),
    ...(closed === undefined ? [] : [`it calls ${calls!.where} on port ${closed}, which the network policies close`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', and ');
}

/** Whether a quota counts CPU or memory, and nobody says that it has room for what is injected. */
function hasQuota(inventory: Inventory, namespace: string, { name }: Injector): boolean {
  return inventory
    .inNamespace(namespace)
    .some(
      ({ manifest: { apiVersion, kind, spec, metadata } }) =>
        apiVersion === 'v1' &&
        kind === 'ResourceQuota' &&
        metadata.annotations?.[PROVIDED.quota] !== name &&
        Object.keys((spec?.hard ?? {}) as object).some((key) => /^((requests|limits)\.)?(cpu|memory)$/.test(key)),
    );
}
