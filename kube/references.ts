import type { Ingress, IngressBackend, IngressServiceBackend, PodSpec } from '../imports/kubernetes';
import { scaleTargetOf } from './autoscalers';
import type { Manifest } from './objects';
import { containersOf } from './pod-resources';
import { podTemplates } from './pod-templates';
import { workloadKind } from './workload-kinds';

/** An object of the same namespace that an object names. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
}

/** More than any StatefulSet has: a typo in its replicas must not fill the memory. */
const MOST_MEMBERS = 10_000;

/** An object itself, and what controllers make of it. */
export function madeBy(manifest: Manifest): readonly Reference[] {
  const { kind, metadata, spec } = manifest;
  const made: Reference[] = [{ kind, name: metadata.name }];
  const secret = (name: unknown) => typeof name === 'string' && made.push({ kind: 'Secret', name });
  switch (kind) {
    case 'SecretProviderClass':
      // of an API version whose shape is not known it may be anything
      if (Array.isArray(spec?.secretObjects)) {
        for (const object of spec.secretObjects as { secretName?: string }[]) {
          secret(object.secretName);
        }
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
    const members = Math.min(workload!.replicas(spec ?? {}), MOST_MEMBERS);
    const { start = 0 } = (spec?.ordinals ?? {}) as { readonly start?: number };
    for (let i = start; i < start + members; i++) {
      made.push({ kind: 'PersistentVolumeClaim', name: `${template.metadata?.name}-${metadata.name}-${i}` });
    }
  }
  return made;
}

/** What an object refers to by name. */
export function referencesOf(manifest: Manifest): readonly Reference[] {
  const { kind, spec } = manifest;
  const found: Reference[] = [];
  for (const { template } of podTemplates(manifest)) {
    if (template.spec) {
      found.push(...ofPod(template.spec));
    }
  }
  if (kind === 'StatefulSet' && typeof spec?.serviceName === 'string') {
    found.push({ kind: 'Service', name: spec.serviceName });
  }
  const target = scaleTargetOf(manifest);
  if (target) {
    found.push(target);
  }
  if (kind === 'Ingress') {
    found.push(...ingressBackends(manifest).map(({ name }) => ({ kind: 'Service', name })));
  }
  if (kind === 'RoleBinding') {
    found.push(...ofRoleBinding(manifest));
  }
  return found;
}

/** The Services behind an Ingress. */
export function ingressBackends(manifest: Manifest): readonly IngressServiceBackend[] {
  const { spec } = manifest as unknown as Partial<Ingress>;
  const found: IngressServiceBackend[] = [];
  const add = (backend: IngressBackend | undefined) => {
    // ports named 'use-annotation' stand for actions of the load balancer controller, not for services
    if (backend?.service && backend.service.port?.name !== 'use-annotation') {
      found.push(backend.service);
    }
  };
  add(spec?.defaultBackend);
  for (const { http } of spec?.rules ?? []) {
    for (const { backend } of http?.paths ?? []) {
      add(backend);
    }
  }
  return found;
}

function ofRoleBinding(manifest: Manifest): Reference[] {
  const { roleRef, subjects } = manifest as unknown as {
    roleRef?: Reference;
    subjects?: (Reference & { namespace?: string })[];
  };
  const own = manifest.metadata.namespace;
  return [
    ...(roleRef?.kind === 'Role' ? [{ kind: 'Role', name: roleRef.name }] : []),
    ...(subjects ?? [])
      .filter(({ kind, namespace }) => kind === 'ServiceAccount' && (namespace ?? own) === own)
      .map(({ name }) => ({ kind: 'ServiceAccount', name })),
  ];
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
  for (const { resourceClaimName, resourceClaimTemplateName } of pod.resourceClaims ?? []) {
    add('ResourceClaim', resourceClaimName);
    add('ResourceClaimTemplate', resourceClaimTemplateName);
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
