import type { Container, Ingress, IngressBackend, IngressServiceBackend, PodSpec } from '../imports/kubernetes';
import { isAutoscaler, scaleTargetOf } from './autoscalers';
import type { Manifest } from './objects';
import type { IsAsked } from './objects-of-kind';
import { hasPodTemplate, podTemplates } from './pod-templates';
import { workloadKind } from './workload-kinds';

/** An object of the same namespace that an object names. */
export interface Reference {
  readonly kind: string;
  readonly name: string;
}

/** More than any StatefulSet has: a typo in its replicas must not fill the memory. */
const MOST_MEMBERS = 10_000;

const NONE: readonly never[] = [];

/** An object itself, and what controllers make of it. */
export function madeBy(manifest: Manifest): readonly Reference[] {
  return [{ kind: manifest.kind, name: manifest.metadata.name }, ...madeFrom(manifest)];
}

/** What controllers make of an object. */
export function madeFrom(manifest: Manifest): readonly Reference[] {
  const { kind, metadata, spec } = manifest;
  switch (kind) {
    case 'SecretProviderClass':
      // of an API version whose shape is not known it may be anything
      return Array.isArray(spec?.secretObjects)
        ? (spec.secretObjects as { secretName?: string }[]).flatMap(({ secretName }) => secretNamed(secretName))
        : NONE;
    case 'ExternalSecret':
      return secretNamed((spec?.target as { name?: string } | undefined)?.name ?? metadata.name);
    case 'SealedSecret':
      return secretNamed(metadata.name);
    case 'Certificate':
      return secretNamed(spec?.secretName);
    default:
      return claimsMadeFrom(manifest);
  }
}

/** Whether controllers may make others of the objects of a kind. */
export const makesOthers: IsAsked = (of) => MAKERS.has(of.kind) || workloadKind(of)?.claims !== undefined;

const MAKERS: ReadonlySet<string> = new Set(['SecretProviderClass', 'ExternalSecret', 'SealedSecret', 'Certificate']);

const secretNamed = (name: unknown): readonly Reference[] =>
  typeof name === 'string' ? [{ kind: 'Secret', name }] : NONE;

function claimsMadeFrom(manifest: Manifest): readonly Reference[] {
  const { metadata, spec = {} } = manifest;
  const workload = workloadKind(manifest);
  if (!workload?.claims) {
    return NONE;
  }
  const made: Reference[] = [];
  for (const template of workload.claims(spec)) {
    const members = Math.min(workload.replicas(spec), MOST_MEMBERS);
    const { start = 0 } = (spec.ordinals ?? {}) as { readonly start?: number };
    for (let i = start; i < start + members; i++) {
      made.push({ kind: 'PersistentVolumeClaim', name: `${template.metadata?.name}-${metadata.name}-${i}` });
    }
  }
  return made;
}

/** Whether the objects of a kind may refer to others. */
export const hasReferences: IsAsked = (of) =>
  of.kind === 'Ingress' ||
  of.kind === 'RoleBinding' ||
  of.kind === 'StatefulSet' ||
  isAutoscaler(of) ||
  hasPodTemplate(of);

/** What an object refers to by name. */
export function referencesOf(manifest: Manifest): readonly Reference[] {
  const { kind, spec } = manifest;
  switch (kind) {
    case 'Ingress':
      return servicesOf(manifest);
    case 'RoleBinding':
      return ofRoleBinding(manifest);
  }
  const target = scaleTargetOf(manifest);
  if (target) {
    return [target];
  }
  const templates = podTemplates(manifest);
  if (templates.length === 0 && kind !== 'StatefulSet') {
    return NONE;
  }
  const found: Reference[] = [];
  for (const { template } of templates) {
    if (template.spec) {
      addOfPod(found, template.spec);
    }
  }
  if (kind === 'StatefulSet' && typeof spec?.serviceName === 'string') {
    found.push({ kind: 'Service', name: spec.serviceName });
  }
  return found;
}

function servicesOf(manifest: Manifest): readonly Reference[] {
  const found: Reference[] = [];
  for (const { name } of ingressBackends(manifest)) {
    found.push({ kind: 'Service', name });
  }
  return found;
}

/** The Services behind an Ingress. */
export function ingressBackends(manifest: Manifest): readonly IngressServiceBackend[] {
  const { spec } = manifest as unknown as Partial<Ingress>;
  const found: IngressServiceBackend[] = [];
  addService(found, spec?.defaultBackend);
  for (const { http } of spec?.rules ?? NONE) {
    for (const { backend } of http?.paths ?? NONE) {
      addService(found, backend);
    }
  }
  // the lists are kept, and one that grew has room for many more
  return found.length === 1 ? [found[0]!] : found;
}

/** Ports named 'use-annotation' stand for actions of the load balancer controller, not for services. */
function addService(found: IngressServiceBackend[], backend: IngressBackend | undefined): void {
  if (backend?.service && backend.service.port?.name !== 'use-annotation') {
    found.push(backend.service);
  }
}

function ofRoleBinding(manifest: Manifest): readonly Reference[] {
  const { roleRef, subjects } = manifest as unknown as {
    roleRef?: Reference;
    subjects?: (Reference & { namespace?: string })[];
  };
  const own = manifest.metadata.namespace;
  const found: Reference[] = roleRef?.kind === 'Role' ? [{ kind: 'Role', name: roleRef.name }] : [];
  for (const { kind, namespace, name } of subjects ?? []) {
    if (kind === 'ServiceAccount' && (namespace ?? own) === own) {
      found.push({ kind, name });
    }
  }
  return found;
}

interface Named {
  readonly name?: string;
  readonly optional?: boolean;
}

function add(found: Reference[], kind: string, name: string | undefined): void {
  if (name) {
    found.push({ kind, name });
  }
}

/** What is optional no pod waits for. */
function addNeeded(found: Reference[], kind: string, named: Named | undefined): void {
  if (named?.name && !named.optional) {
    found.push({ kind, name: named.name });
  }
}

function addOfPod(found: Reference[], pod: PodSpec): void {
  add(found, 'ServiceAccount', pod.serviceAccountName);
  for (const { name } of pod.imagePullSecrets ?? NONE) {
    add(found, 'Secret', name);
  }
  for (const { resourceClaimName, resourceClaimTemplateName } of pod.resourceClaims ?? NONE) {
    add(found, 'ResourceClaim', resourceClaimName);
    add(found, 'ResourceClaimTemplate', resourceClaimTemplateName);
  }
  for (const { configMap, secret, persistentVolumeClaim, csi, projected } of pod.volumes ?? NONE) {
    addNeeded(found, 'ConfigMap', configMap);
    if (!secret?.optional) {
      add(found, 'Secret', secret?.secretName);
    }
    add(found, 'PersistentVolumeClaim', persistentVolumeClaim?.claimName);
    add(found, 'SecretProviderClass', csi?.volumeAttributes?.secretProviderClass);
    for (const source of projected?.sources ?? NONE) {
      addNeeded(found, 'ConfigMap', source.configMap);
      addNeeded(found, 'Secret', source.secret);
    }
  }
  addOfContainers(found, pod.containers);
  addOfContainers(found, pod.initContainers);
}

function addOfContainers(found: Reference[], containers: readonly Container[] = NONE): void {
  for (const { env, envFrom } of containers) {
    for (const { configMapRef, secretRef } of envFrom ?? NONE) {
      addNeeded(found, 'ConfigMap', configMapRef);
      addNeeded(found, 'Secret', secretRef);
    }
    for (const { valueFrom } of env ?? NONE) {
      if (valueFrom !== undefined) {
        addNeeded(found, 'ConfigMap', valueFrom.configMapKeyRef);
        addNeeded(found, 'Secret', valueFrom.secretKeyRef);
      }
    }
  }
}
