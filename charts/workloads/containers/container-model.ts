import { describe } from '../../../kube/describe';
import { isDnsLabel } from '../../../kube/names';
import { defaultsOf } from '../../app/defaults';
import { checkEnvFrom, type EnvFrom } from '../../config/env-from';
import type { Secret } from '../../config/secret';
import { checkArguments } from '../../config/secret-looking';
import type { Check } from '../../core/check';
import type { Lifecycle, VolumeMount } from '../../core/k8s';
import type { PortModel } from '../../core/ports';
import { checkPullPolicy, type ImagePullPolicy, resolveImage } from '../../pods/image';
import { type Command, checkCommand, checkProgram, lifecycleOf, resolvePreStop } from '../../pods/lifecycle';
import { type ProbesModel, resolveSidecarProbes } from '../../pods/probes';
import { containerResources, type Resources } from '../../pods/resources';
import { checkSecurity, type Security } from '../../pods/security';
import { NOT_ROOT, resolveUser, type UserModel } from '../../pods/user';
import { checkUserOfSystem, checkWindowsResources, checkWindowsSecurity } from '../../pods/windows';
import { type Content, resolveContent } from '../content';
import { containerVolumes, type PodVolumes } from '../pod-volumes';
import type { WorkloadContext, WorkloadShape } from '../shape';
import { checkKeys } from './container-keys';
import type { ContainerParts, ContainerStorage, SidecarProps } from './container-props';

/** What a container takes over from the workload. */
export interface MainContainer {
  readonly image: string;
  readonly user: UserModel;
  readonly security: Security;
  readonly content: Content;
  /** How the workload's own container mounts its volumes. */
  readonly mounts: readonly VolumeMount[];
  /** Its scratch folders. */
  readonly scratch: PodVolumes;
  readonly imagePullPolicy: ImagePullPolicy;
  readonly isWindows: boolean;
}

/** A validated container beside the workload's own. */
export interface ContainerModel extends PodVolumes {
  readonly name: string;
  readonly image: string;
  readonly command: Command | undefined;
  readonly args: Command | undefined;
  readonly content: Content;
  /** Whether it has the variables of the workload. */
  readonly likeMain: boolean;
  readonly secretFiles: Readonly<Record<string, Secret>>;
  readonly envFrom: readonly EnvFrom[];
  readonly resources: Resources | undefined;
  /** undefined: the user of the pod. */
  readonly user: UserModel | undefined;
  /** The user that it runs as. */
  readonly runsAs: UserModel;
  readonly security: Security;
  /** Those of its own, which are not of the workload. */
  readonly exceptions: Security;
  readonly imagePullPolicy: ImagePullPolicy;
  readonly ports: readonly PortModel[];
  readonly probes: ProbesModel | undefined;
  readonly lifecycle: Lifecycle | undefined;
  /** Seconds that its preStop command takes. */
  readonly stopping: number;
  readonly waitsFor: readonly string[];
}

/** Longest name, so that the reasons of exceptions can be annotations with the name at the end. */
const MAX_NAME = 40;

/** A container as the user wrote it. */
export interface GivenContainer {
  /** 'sidecars[0]'. */
  readonly field: string;
  readonly given: ContainerParts<never>;
  readonly ports: readonly PortModel[];
}

export function resolveContainer(
  context: WorkloadContext,
  shape: WorkloadShape,
  main: MainContainer,
  { field, given, ports }: GivenContainer,
): ContainerModel {
  const { props: workload, namespace, tenant, construct } = context;
  const check = context.check.within(field);
  const isSidecar = field.startsWith('sidecars');
  checkKeys(check, given, isSidecar);
  const props = given as SidecarProps<string, never>;
  const name = resolveName(check, props.name);
  if (props.like !== undefined) {
    check.oneOf('like', props.like, ['main']);
  }
  const likeMain = props.like === 'main';
  checkProgram(check, 'command', props.command);
  checkCommand(check, 'args', props.args);
  checkArguments(check, 'command', props.command ?? []);
  checkArguments(check, 'args', props.args ?? []);
  checkEnvFrom(check, props.envFrom ?? [], namespace);
  if (props.imagePullPolicy !== undefined) {
    checkPullPolicy(check, props.imagePullPolicy);
  }
  const user = resolveOwnUser(check, props.user, main.user);
  const security = likeMain ? { ...main.security, ...props.security } : (props.security ?? {});
  checkSecurity(check, security, user ?? NOT_ROOT, tenant?.podSecurity ?? 'privileged');
  checkUserOfSystem(check, user ?? NOT_ROOT, main.isWindows);
  if (main.isWindows) {
    checkWindowsSecurity(check, security);
    checkWindowsResources(check, props.resources);
  }
  const env = likeMain ? { ...workload.env, ...props.env } : props.env;
  const content = resolveContent({ ...context, check }, { env, files: props.files }, shape.self as never, `${name}.`);
  const secretFiles = { ...(likeMain ? workload.secretFiles : {}), ...props.secretFiles };
  const volumes = containerVolumes(context, {
    check,
    name,
    content,
    inherited: likeMain ? main.content.files : undefined,
    secretFiles,
    scratch: props.scratch,
    mainScratch: likeMain ? main.scratch : undefined,
    storage: storageMounts(check, props.storage ?? [], main.mounts),
    isWindows: main.isWindows,
  });
  const preStop = isSidecar ? resolveShutdown(check, props.shutdown) : undefined;
  checkProgram(check, 'postStart', props.postStart);
  return {
    ...volumes,
    name,
    image: props.image === undefined && likeMain ? main.image : resolveImage(check, 'image', props.image).reference,
    command: props.command,
    args: props.args,
    content,
    likeMain,
    secretFiles,
    envFrom: [...(likeMain ? (workload.envFrom ?? []) : []), ...(props.envFrom ?? [])],
    resources: containerResources(
      check,
      { own: props.resources, inherited: defaultsOf(construct).resources },
      { isSidecar, restarts: shape.restartPolicy === 'Always' },
    ),
    user,
    runsAs: user ?? (likeMain ? main.user : NOT_ROOT),
    security,
    exceptions: props.security ?? {},
    imagePullPolicy: props.imagePullPolicy ?? main.imagePullPolicy,
    ports,
    probes: isSidecar ? resolveSidecarProbes(check, props.probes, { named: ports, extra: [], open: true }) : undefined,
    lifecycle: lifecycleOf(0, preStop, props.postStart),
    stopping: preStop?.seconds ?? 0,
    waitsFor: resolveWaitsFor(check, props.waitsFor),
  };
}

function resolveName(check: Check, name: unknown): string {
  const text = check.text('name', name);
  if (!isDnsLabel(text) || text.length > MAX_NAME) {
    check.fail(
      'invalid',
      'name',
      `name must be at most ${MAX_NAME} lowercase letters, digits and '-', but is '${text}'`,
      "write for example 'proxy'",
    );
  }
  return text;
}

function resolveOwnUser(check: Check, user: ContainerParts['user'], ofPod: UserModel): UserModel | undefined {
  if (user === undefined) {
    return undefined;
  }
  const own = resolveUser(check, user);
  if (user === 'image' && ofPod.uid !== undefined) {
    check.fail(
      'unsupported',
      'user',
      `user must be numeric, but is 'image': the pod gives the user ${ofPod.uid} of the workload to all containers`,
      'write the uid of the image, such as user: 65534',
    );
  }
  return own;
}

function resolveShutdown(check: Check, shutdown: SidecarProps['shutdown']) {
  check.keys('shutdown', shutdown, { preStop: true });
  return resolvePreStop(check, 'shutdown.preStop', shutdown?.preStop);
}

function resolveWaitsFor(check: Check, names: unknown): readonly string[] {
  if (names !== undefined && (!Array.isArray(names) || names.some((name) => typeof name !== 'string'))) {
    check.fail(
      'type',
      'waitsFor',
      `waitsFor must be a list of names of initContainers, but is ${describe(names)}`,
      "write for example ['render-config']",
    );
  }
  return (names as readonly string[] | undefined) ?? [];
}

/** The volumes at the place of the workload's own container. */
function storageMounts(
  check: Check,
  storage: readonly (string | ContainerStorage)[],
  mounts: readonly VolumeMount[],
): readonly VolumeMount[] {
  if (!Array.isArray(storage)) {
    check.fail('type', 'storage', `storage must be a list of volumes, but is ${describe(storage)}`, "write ['data']");
  }
  return (storage as readonly (string | ContainerStorage)[]).flatMap((entry, i) => {
    const field = `storage[${i}]`;
    const own: ContainerStorage = typeof entry === 'string' ? { name: entry } : entry;
    check.keys<ContainerStorage>(field, own, { name: 'text', mountPath: 'text', readOnly: 'boolean' });
    const found = mounts.filter(({ name }) => name === own.name);
    if (found.length === 0) {
      const names = [...new Set(mounts.map(({ name }) => `'${name}'`))];
      check.fail(
        'unsupported',
        field,
        `${field} must be the name of a volume of the workload, but is ${describe(own.name)}`,
        names.length > 0
          ? `use one of ${names.join(', ')}`
          : "add the volume to 'storage' or 'volumes' of the workload",
      );
    }
    const { mountPath, readOnly } = own;
    if (mountPath !== undefined) {
      check.absolutePath(`${field}.mountPath`, mountPath);
    }
    return (mountPath === undefined ? found : found.slice(0, 1)).map((mount) => ({
      ...mount,
      ...(mountPath === undefined ? {} : { mountPath }),
      ...(readOnly === undefined ? {} : { readOnly: readOnly ? true : undefined }),
    }));
  });
}
