import type { ManifestError } from '../../charts/core/errors';
import type { ExistingObject } from '../../charts/core/existing';
import type { Ingress, PodSpec, Service } from '../../imports/kubernetes';
import { scaleTargetOf } from '../../kube/autoscalers';
import { errorAt, namespaceIn, type Placed, title } from '../../kube/objects';
import { containersOf } from '../../kube/pod-resources';
import { podOf, workloadKind } from '../../kube/workload-kinds';

/** What a pod or an object refers to by name. */
interface Reference {
  readonly kind: string;
  readonly name: string;
}

/** References to objects that neither the app makes nor the user has declared. */
export function danglingReferences(all: readonly Placed[], existing: readonly ExistingObject[]): ManifestError[] {
  const known = new Set<string>(existing.map((e) => key(e.kind, e.namespace, e.name)));
  const services = new Map<string, Service>();
  for (const { manifest } of all) {
    for (const made of makes(manifest)) {
      known.add(key(made.kind, namespaceIn(manifest), made.name));
    }
    if (manifest.kind === 'Service') {
      services.set(`${namespaceIn(manifest)}/${manifest.metadata.name}`, manifest as unknown as Service);
    }
  }
  const errors: ManifestError[] = [];
  for (const placed of all) {
    const namespace = namespaceIn(placed.manifest);
    const missing = new Set<string>();
    for (const { kind, name } of references(placed.manifest)) {
      if (known.has(key(kind, namespace, name)) || ALWAYS.includes(`${kind}/${name}`)) {
        continue;
      }
      const label = `${kind} '${namespace}/${name}'`;
      if (!missing.has(label)) {
        missing.add(label);
        errors.push(
          errorAt(
            placed,
            `${title(placed)} refers to ${label}, which this app does not make`,
            `create it, or declare that it exists: new EksApp({ existing: [{ kind: '${kind}', namespace: '${namespace}', name: '${name}' }] })`,
          ),
        );
      }
    }
    errors.push(...backendPorts(placed, services));
  }
  return errors;
}

/** In every namespace, made by Kubernetes itself. */
const ALWAYS = ['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt'];
const key = (kind: string, namespace: string, name: string): string => `${kind}/${namespace}/${name}`;

/** An object itself, and what controllers make of it. */
function makes(manifest: Placed['manifest']): Reference[] {
  const { kind, metadata, spec } = manifest;
  const made: Reference[] = [{ kind, name: metadata.name }];
  const secret = (name: unknown) => typeof name === 'string' && made.push({ kind: 'Secret', name });
  switch (kind) {
    case 'SecretProviderClass':
      for (const object of (spec?.secretObjects ?? []) as { secretName?: string }[]) {
        secret(object.secretName);
      }
      break;
    case 'ExternalSecret':
      secret((spec?.target as { name?: string } | undefined)?.name ?? metadata.name);
      break;
    case 'SealedSecret':
      secret(metadata.name);
      break;
    case 'Certificate':
      secret(spec?.secretName);
      break;
  }
  const workload = workloadKind(manifest);
  for (const template of workload?.claims?.(spec ?? {}) ?? []) {
    for (let i = 0; i < workload!.replicas(spec ?? {}); i++) {
      made.push({ kind: 'PersistentVolumeClaim', name: `${template.metadata?.name}-${metadata.name}-${i}` });
    }
  }
  return made;
}

function references(manifest: Placed['manifest']): Reference[] {
  const { kind, spec } = manifest;
  const found: Reference[] = [];
  const pod = podOf(manifest)?.spec;
  if (pod) {
    found.push(...ofPod(pod));
  }
  if (kind === 'StatefulSet' && typeof spec?.serviceName === 'string') {
    found.push({ kind: 'Service', name: spec.serviceName });
  }
  const target = scaleTargetOf(manifest);
  if (target) {
    found.push(target);
  }
  if (kind === 'Ingress') {
    found.push(...backends(manifest as unknown as Ingress).map(({ name }) => ({ kind: 'Service', name })));
  }
  if (kind === 'RoleBinding') {
    const { roleRef, subjects } = manifest as unknown as {
      roleRef?: Reference;
      subjects?: (Reference & { namespace?: string })[];
    };
    if (roleRef?.kind === 'Role') {
      found.push({ kind: 'Role', name: roleRef.name });
    }
    const own = (subjects ?? []).filter(
      (s) =>
        s.kind === 'ServiceAccount' && (s.namespace ?? manifest.metadata.namespace) === manifest.metadata.namespace,
    );
    found.push(...own.map(({ name }) => ({ kind: 'ServiceAccount', name })));
  }
  return found;
}

function ofPod(pod: PodSpec): Reference[] {
  const found: Reference[] = [];
  const add = (kind: string, name: string | undefined, optional?: boolean) => {
    if (name && !optional) {
      found.push({ kind, name });
    }
  };
  add('ServiceAccount', pod.serviceAccountName);
  for (const { name } of pod.imagePullSecrets ?? []) {
    add('Secret', name);
  }
  for (const volume of pod.volumes ?? []) {
    add('ConfigMap', volume.configMap?.name, volume.configMap?.optional);
    add('Secret', volume.secret?.secretName, volume.secret?.optional);
    add('PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName);
    add('SecretProviderClass', volume.csi?.volumeAttributes?.secretProviderClass);
    for (const source of volume.projected?.sources ?? []) {
      add('ConfigMap', source.configMap?.name, source.configMap?.optional);
      add('Secret', source.secret?.name, source.secret?.optional);
    }
  }
  for (const { env = [], envFrom = [] } of containersOf(pod)) {
    for (const { configMapRef, secretRef } of envFrom) {
      add('ConfigMap', configMapRef?.name, configMapRef?.optional);
      add('Secret', secretRef?.name, secretRef?.optional);
    }
    for (const { valueFrom } of env) {
      add('ConfigMap', valueFrom?.configMapKeyRef?.name, valueFrom?.configMapKeyRef?.optional);
      add('Secret', valueFrom?.secretKeyRef?.name, valueFrom?.secretKeyRef?.optional);
    }
  }
  return found;
}

function backends({ spec }: Ingress) {
  const all = [spec.defaultBackend, ...(spec.rules ?? []).flatMap((r) => r.http?.paths.map((p) => p.backend) ?? [])];
  // ports named 'use-annotation' stand for actions of the load balancer controller, not for services
  return all.flatMap((b) => (b?.service && b.service.port?.name !== 'use-annotation' ? [b.service] : []));
}

/** A backend that names a port its service does not have. */
function backendPorts(placed: Placed, services: ReadonlyMap<string, Service>): ManifestError[] {
  if (placed.manifest.kind !== 'Ingress') {
    return [];
  }
  const namespace = namespaceIn(placed.manifest);
  return backends(placed.manifest as unknown as Ingress).flatMap(({ name, port }) => {
    const service = services.get(`${namespace}/${name}`);
    const found =
      !service || service.spec.ports?.some((p) => (port?.name ? p.name === port.name : p.port === port?.number));
    return found
      ? []
      : [
          errorAt(
            placed,
            `${title(placed)} sends traffic to port '${port?.name ?? port?.number}' of Service '${name}', which has no such port`,
            'name one of its ports',
          ),
        ];
  });
}
