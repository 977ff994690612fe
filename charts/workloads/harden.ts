import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { copyPlain } from '../../kube/copy';
import { describe } from '../../kube/describe';
import type { Manifest } from '../../kube/objects';
import { isWindowsPod } from '../../kube/os-fields';
import { hasPodTemplate, podTemplates } from '../../kube/pod-templates';
import type { KeyTable } from '../../kube/values';
import type { PodTemplate } from '../../kube/workload-kind';
import { defaultsOf } from '../app/defaults';
import { Check } from '../core/check';
import type { Container, PodSpec, VolumeMount } from '../core/k8s';
import { tenants } from '../core/tenant-context';
import type { Path } from '../core/values';
import { DEFAULT_SCRATCH, type Scratch, scratchVolumes } from '../pods/scratch';
import {
  checkSecurity,
  containerSecurityContext,
  podSecurityContext,
  type Security,
  securityAnnotations,
} from '../pods/security';
import { resolveUser, type User, type UserModel } from '../pods/user';
import { checkUserOfSystem, checkWindowsSecurity, windowsPodSecurityContext } from '../pods/windows';

/** What the pods of a plain object get. */
export interface Hardening {
  /** As in the patterns. @default - that of the tenant or app; required if there is none */
  readonly user?: User;
  /** As in the patterns: exceptions, each with its reason. @default - that of the tenant or app, or none */
  readonly security?: Security;
  /** Writable, empty folders, mounted in every container without a volume there. @default ['/tmp']; none on Windows */
  readonly scratch?: readonly (Path | Scratch)[];
}
const KEYS: KeyTable<Hardening> = { user: true, security: 'object', scratch: 'list' };

/** The checked props. */
interface Model {
  readonly user: UserModel;
  readonly security: Security;
  readonly scratch: ReturnType<typeof scratchVolumes>;
  /** Whether the scratch folders are those of every container of Linux. */
  readonly byDefault: boolean;
  readonly check: Check;
}

/**
 * Gives the pods of a plain object of cdk8s, or of a Deployment, StatefulSet, DaemonSet, Job or CronJob of cdk8s-plus, the
 * hardening of the patterns: restricted security contexts, a read-only root with writable folders, no token and no service
 * links. It is merged by field: what the object says itself stays.
 *
 * @example
 * harden(new kplus.Deployment(shop, 'legacy', { containers: [{ image: 'legacy:1.2' }] }), { user: 1000 });
 * @returns the same object
 */
export function harden<T extends IConstruct>(object: T, props: Hardening = {}): T {
  const target = apiObjectOf(object);
  const check = Check.of(target);
  check.keys<Hardening>('props', props, KEYS);
  if (!hasPodTemplate(target)) {
    check.fail(
      'unsupported',
      '',
      `harden() takes an object that runs pods, but is given a ${target.kind} of ${target.apiVersion}`,
      'write a Deployment, StatefulSet, DaemonSet, Job or CronJob',
    );
  }
  const defaults = defaultsOf(target);
  const user = resolveUser(check, props.user ?? defaults.user);
  const security = props.security ?? defaults.security ?? {};
  checkSecurity(check, security, user, tenants.nearest(target)?.podSecurity ?? 'privileged');
  const scratch = scratchVolumes(check, props.scratch ?? DEFAULT_SCRATCH);
  const model: Model = { user, security, scratch, byDefault: props.scratch === undefined, check };
  const toJson = target.toJson.bind(target);
  // a patch could not add by field to what it does not know
  Object.defineProperty(target, 'toJson', { configurable: true, value: () => hardened(toJson(), model) });
  return object;
}

/** A construct of cdk8s-plus keeps its object in a protected property. */
function apiObjectOf(object: unknown): ApiObject {
  const { apiObject } = (typeof object === 'object' && object !== null ? object : {}) as { apiObject?: unknown };
  const found = [object, apiObject].find((one) => ApiObject.isApiObject(one));
  if (found === undefined) {
    new Check('harden').fail(
      'type',
      'object',
      `the object must be an ApiObject or a construct of cdk8s-plus, but is ${describe(object)}`,
      "write harden(new kplus.Deployment(scope, 'web', { ... }), { user: 1000 })",
    );
  }
  return found as ApiObject;
}

/** The manifest with the hardening; a copy. */
function hardened(given: Manifest, model: Model): Manifest {
  const manifest = copyPlain(given);
  for (const { template } of podTemplates(manifest)) {
    hardenTemplate(template, model);
  }
  return manifest;
}

function hardenTemplate(template: PodTemplate, { user, security, scratch, byDefault, check }: Model): void {
  const spec = template.spec as Partial<PodSpec> | undefined;
  if (!spec) {
    return;
  }
  spec.automountServiceAccountToken ??= false;
  spec.enableServiceLinks ??= false;
  const isWindows = isWindowsPod(spec as PodSpec);
  checkUserOfSystem(check, user, isWindows);
  const ofPod = isWindows ? windowsPodSecurityContext(user) : podSecurityContext(user);
  spec.securityContext = { ...withoutUndefined(ofPod), ...spec.securityContext };
  if (isWindows) {
    checkWindowsSecurity(check, security);
  }
  // its root file system is writable
  const { volumes, mounts } = isWindows && byDefault ? { volumes: [], mounts: [] } : scratch;
  const named = new Set((spec.volumes ?? []).map(({ name }) => name));
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? [])];
  for (const container of containers) {
    if (!isWindows) {
      secure(container, security);
    }
    mount(container, mounts);
  }
  const added = copyPlain(volumes.filter(({ name }) => !named.has(name)));
  if (added.length > 0) {
    spec.volumes = [...(spec.volumes ?? []), ...added];
  }
  const reasons = securityAnnotations(security, user);
  if (Object.keys(reasons).length > 0) {
    const of = template as { metadata?: { annotations?: Record<string, string> } };
    of.metadata ??= {};
    of.metadata.annotations = { ...reasons, ...of.metadata.annotations };
  }
}

function secure(container: Container, security: Security): void {
  const own = container.securityContext ?? {};
  const { capabilities, ...defaults } = withoutUndefined(
    containerSecurityContext(own.privileged ? { privileged: { because: 'as written' } } : security),
  );
  container.securityContext = {
    ...defaults,
    ...own,
    ...(own.privileged || !capabilities ? {} : { capabilities: { ...capabilities, ...own.capabilities } }),
  };
}

function mount(container: Container, mounts: readonly VolumeMount[]): void {
  const paths = new Set((container.volumeMounts ?? []).map(({ mountPath }) => mountPath));
  const added = mounts.filter(({ mountPath }) => !paths.has(mountPath)).map((one) => ({ ...one }));
  if (added.length > 0) {
    container.volumeMounts = [...(container.volumeMounts ?? []), ...added];
  }
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
}
