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
  const found: Reference[] = [];
  eachReference(manifest, (kind, name) => found.push({ kind, name }));
  return found;
}

type VisitReference = (kind: string, name: string) => void;

/** The same without a list. */
export function eachReference(manifest: Manifest, visit: VisitReference): void {
  const { kind, spec } = manifest;
  switch (kind) {
    case 'Ingress':
      for (const { name } of ingressBackends(manifest)) {
        visit('Service', name);
      }
      return;
    case 'RoleBinding':
      visitRoleBinding(manifest, visit);
      return;
  }
  const target = scaleTargetOf(manifest);
  if (target) {
    visit(target.kind, target.name);
    return;
  }
  for (const { template } of podTemplates(manifest)) {
    if (template.spec) {
      visitPod(template.spec, visit);
    }
  }
  if (kind === 'StatefulSet' && typeof spec?.serviceName === 'string') {
    visit('Service', spec.serviceName);
  }
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

function visitRoleBinding(manifest: Manifest, visit: VisitReference): void {
  const { roleRef, subjects } = manifest as unknown as {
    roleRef?: Reference;
    subjects?: (Reference & { namespace?: string })[];
  };
  const own = manifest.metadata.namespace;
  if (roleRef?.kind === 'Role') {
    visit('Role', roleRef.name);
  }
  for (const { kind, namespace, name } of subjects ?? NONE) {
    if (kind === 'ServiceAccount' && (namespace ?? own) === own) {
      visit(kind, name);
    }
  }
}

interface Named {
  readonly name?: string;
  readonly optional?: boolean;
}

function visitNamed(visit: VisitReference, kind: string, name: string | undefined): void {
  if (name) {
    visit(kind, name);
  }
}

/** What is optional no pod waits for. */
function visitNeeded(visit: VisitReference, kind: string, named: Named | undefined): void {
  if (named?.name && !named.optional) {
    visit(kind, named.name);
  }
}

function visitPod(pod: PodSpec, visit: VisitReference): void {
  visitNamed(visit, 'ServiceAccount', pod.serviceAccountName);
  for (const { name } of pod.imagePullSecrets ?? NONE) {
    visitNamed(visit, 'Secret', name);
  }
  for (const { resourceClaimName, resourceClaimTemplateName } of pod.resourceClaims ?? NONE) {
    visitNamed(visit, 'ResourceClaim', resourceClaimName);
    visitNamed(visit, 'ResourceClaimTemplate', resourceClaimTemplateName);
  }
  for (const { configMap, secret, persistentVolumeClaim, csi, projected } of pod.volumes ?? NONE) {
    visitNeeded(visit, 'ConfigMap', configMap);
    if (!secret?.optional) {
      visitNamed(visit, 'Secret', secret?.secretName);
    }
    visitNamed(visit, 'PersistentVolumeClaim', persistentVolumeClaim?.claimName);
    visitNamed(visit, 'SecretProviderClass', csi?.volumeAttributes?.secretProviderClass);
    for (const source of projected?.sources ?? NONE) {
      visitNeeded(visit, 'ConfigMap', source.configMap);
      visitNeeded(visit, 'Secret', source.secret);
    }
  }
  visitContainers(pod.containers, visit);
  visitContainers(pod.initContainers, visit);
}

function visitContainers(containers: readonly Container[] = NONE, visit: VisitReference): void {
  for (const { env, envFrom } of containers) {
    for (const { configMapRef, secretRef } of envFrom ?? NONE) {
      visitNeeded(visit, 'ConfigMap', configMapRef);
      visitNeeded(visit, 'Secret', secretRef);
    }
    for (const { valueFrom } of env ?? NONE) {
      if (valueFrom !== undefined) {
        visitNeeded(visit, 'ConfigMap', valueFrom.configMapKeyRef);
        visitNeeded(visit, 'Secret', valueFrom.secretKeyRef);
      }
    }
  }
}
