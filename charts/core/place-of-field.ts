import { type Shape, shapeOfKind } from '../../kube/shapes/shape';
import { keyPath, listed, mostAlike, nearest } from '../../kube/text';

/** The objects that run pods, by the names that `customize` uses. */
export const CONTROLLER_KINDS = {
  deployment: ['apps/v1', 'Deployment'],
  rollout: ['argoproj.io/v1alpha1', 'Rollout'],
  statefulSet: ['apps/v1', 'StatefulSet'],
  daemonSet: ['apps/v1', 'DaemonSet'],
  job: ['batch/v1', 'Job'],
  cronJob: ['batch/v1', 'CronJob'],
  scaledJob: ['keda.sh/v1alpha1', 'ScaledJob'],
} as const;

/** Where they hold the spec of a Job that they make. */
const JOBS: Readonly<Record<string, string | undefined>> = {
  cronJob: 'spec.jobTemplate.spec',
  scaledJob: 'spec.jobTargetRef',
};

/** The object that runs the pods of a pattern, by its name in `customize`. */
export type ControllerKey = keyof typeof CONTROLLER_KINDS;

const LASTING: ReadonlySet<ControllerKey> = new Set(['deployment', 'rollout', 'statefulSet', 'daemonSet']);

/** Whether its pods run until something stops them; those of jobs end. */
export const isLasting = (controller: ControllerKey): boolean => LASTING.has(controller);

/** The props of fields that are written in another place, or under another name, than Kubernetes' own. */
const PROPS: Readonly<Record<string, string>> = {
  affinity: 'placement',
  allowPrivilegeEscalation: 'security',
  automountServiceAccountToken: 'apiAccess',
  capabilities: 'security',
  dnsConfig: 'dns',
  fsGroup: 'user',
  livenessProbe: 'probes.liveness',
  minReadySeconds: 'rollout',
  nodeSelector: 'placement.nodeLabels',
  priorityClassName: 'priority',
  privileged: 'security',
  readOnlyRootFilesystem: 'security',
  readinessProbe: 'probes.readiness',
  runAsGroup: 'user',
  runAsNonRoot: 'user',
  runAsUser: 'user',
  startupProbe: 'probes.startup',
  strategy: 'rollout',
  terminationGracePeriodSeconds: 'shutdown',
  tolerations: 'placement.tolerations',
  topologySpreadConstraints: 'placement.spread',
  volumeMounts: 'volumes',
};

/** The prop that sets a field of Kubernetes, if the pattern has it: 'placement.tolerations'. */
function propOfKubernetes(name: string, props: object): string | undefined {
  const prop = PROPS[name];
  return prop !== undefined && Object.hasOwn(props, prop.split('.')[0] ?? '') ? prop : undefined;
}

/** Where a workload of Kubernetes has a field of a name, as 'spec.template.spec.imagePullSecrets'; undefined for other names. */
function placeOfField(name: string, controller: ControllerKey): string | undefined {
  const job = JOBS[controller];
  const pod = `${job ?? 'spec'}.template.spec`;
  const container = `${pod}.containers[0]`;
  const ofJob = job === undefined ? [] : [job];
  const places = [pod, container, `${container}.lifecycle`, `${container}.securityContext`, `${pod}.securityContext`];
  for (const place of [...places, ...ofJob, 'spec']) {
    const shape = shapeAt(place, controller);
    if (shape?.kind === 'struct' && shape.fields.has(name)) {
      return keyPath(place, name);
    }
  }
  return undefined;
}

function shapeAt(place: string, controller: ControllerKey): Shape | undefined {
  const [apiVersion, kind] = CONTROLLER_KINDS[controller];
  let shape: Shape | undefined = shapeOfKind(apiVersion, kind);
  for (const key of place.replace('[0]', '').split('.')) {
    shape = shape?.kind === 'struct' ? shape.fields.get(key) : undefined;
    shape = shape?.kind === 'list' ? shape.of : shape;
  }
  return shape;
}

/** Keys that a message lists; of more, it names those that are most alike. */
const FEW_KEYS = 8;

/** What to write instead of an unknown key: the prop that is meant, the field to edit, or the nearest keys. */
export function fixOfKey(key: string, known: object, controller: ControllerKey | undefined): string {
  const names = Object.keys(known);
  const prop = controller && propOfKubernetes(key, known);
  const near = nearest(key, names);
  const place = controller && placeOfField(key, controller);
  if (prop || near) {
    return prop ? `use '${prop}'` : `did you mean '${near}'?`;
  }
  if (place) {
    return `edit ${place} in 'customize.${controller}'`;
  }
  return names.length > FEW_KEYS
    ? `the nearest keys are ${listed(mostAlike(key, names, 3))}`
    : `use one of ${listed(names)}`;
}
