import { imageVersion } from '../../../../kube/images';
import { isObject, type Loose } from '../../../../kube/loose';
import { isAtLeast } from '../../../../kube/versions';
import type { Draft, Server } from '../draft';
import { itemsOf } from '../values';
import type { Default, Defaults } from './default';

const CONTAINER: Default = {
  values: { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
  fill: (draft) => {
    draft.imagePullPolicy ||= pullPolicyOf(draft.image);
    const { lifecycle } = draft;
    // a signal to stop with is behind a feature gate, and a lifecycle with nothing else goes with it
    if (isObject(lifecycle) && lifecycle.stopSignal && !lifecycle.preStop && !lifecycle.postStart) {
      draft.lifecycle = undefined;
    }
  },
};

/** A tag that moves is pulled each time. */
export function pullPolicyOf(image: unknown): string {
  const text = typeof image === 'string' ? image : '';
  const { tag, digest } = imageVersion(text);
  const isLatest = tag === 'latest' || (text !== '' && tag === undefined && digest === undefined);
  return isLatest ? 'Always' : 'IfNotPresent';
}

/** Of a pod the server fills in more than of a template, which the pods are made of later. */
const POD: Default = {
  fill: (draft) => {
    if (isObject(draft.spec)) {
      draft.spec = podSpec({ ...draft.spec });
    }
  },
};

function podSpec(spec: Draft): Draft {
  for (const key of ['containers', 'initContainers']) {
    if (Array.isArray(spec[key])) {
      spec[key] = spec[key].map((container) =>
        isObject(container) ? hostPorts(withRequests(container), spec.hostNetwork) : container,
      );
    }
  }
  spec.enableServiceLinks ??= true;
  spec.serviceAccountName ||= spec.serviceAccount || 'default';
  spec.priority ??= 0;
  spec.preemptionPolicy ??= 'PreemptLowerPriority';
  spec.tolerations = tolerated(spec.tolerations);
  return spec;
}

/** What a container may use at most it also asks for, unless it says otherwise. */
function withRequests(container: Draft): Draft {
  const { resources } = container;
  const limits = isObject(resources) && isObject(resources.limits) ? resources.limits : undefined;
  if (limits === undefined || !isObject(resources)) {
    return container;
  }
  const requests = isObject(resources.requests) ? resources.requests : {};
  return { ...container, resources: { ...resources, requests: { ...limits, ...requests } } };
}

/** In the network of the node a port of a container is one of the node. */
function hostPorts(container: Draft, hostNetwork: unknown): Draft {
  if (hostNetwork !== true || !Array.isArray(container.ports)) {
    return container;
  }
  const ports = container.ports.map((port: unknown) =>
    isObject(port) ? { ...port, hostPort: port.hostPort || port.containerPort } : port,
  );
  return { ...container, ports };
}

const NODE_TROUBLE = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** A pod stays on a node in trouble for five minutes, unless it says otherwise. */
function tolerated(tolerations: unknown): unknown {
  const given = itemsOf(tolerations);
  const missing = NODE_TROUBLE.filter(
    (key) => !given.some((one) => (one.key === key || !one.key) && (!one.effect || one.effect === 'NoExecute')),
  );
  const added = missing.map((key) => ({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: 300 }));
  return [...(Array.isArray(tolerations) ? tolerations : []), ...added];
}

/** Before 1.35 a volume cannot be an image, and only a first container that keeps running has a restart policy. */
function withoutNewer(draft: Draft, { version }: Server): void {
  if (isAtLeast(version, '1.35')) {
    return;
  }
  const images = new Set(itemsOf(draft.volumes).flatMap(({ image, name }) => (image ? [name] : [])));
  if (images.size > 0) {
    draft.volumes = itemsOf(draft.volumes).filter(({ image }) => !image);
  }
  for (const key of ['containers', 'initContainers', 'ephemeralContainers']) {
    if (Array.isArray(draft[key])) {
      draft[key] = draft[key].map((one) => (isObject(one) ? older(one, images, key === 'initContainers') : one));
    }
  }
}

function older(container: Loose, images: ReadonlySet<unknown>, isFirst: boolean): Loose {
  const { volumeMounts: mounts, restartPolicy, ...rest } = container;
  const volumeMounts = Array.isArray(mounts) ? itemsOf(mounts).filter(({ name }) => !images.has(name)) : mounts;
  return { ...rest, volumeMounts, restartPolicy: isFirst && restartPolicy === 'Always' ? restartPolicy : undefined };
}

export const POD_DEFAULTS: Defaults = {
  Container: CONTAINER,
  EphemeralContainer: CONTAINER,
  ContainerPort: { values: { protocol: 'TCP' } },
  FileKeySelector: { values: { optional: false } },
  GRPCAction: { values: { service: '' } },
  HTTPGetAction: { values: { path: '/', scheme: 'HTTP' } },
  ObjectFieldSelector: { values: { apiVersion: 'v1' } },
  Pod: POD,
  PodSpec: {
    values: {
      dnsPolicy: 'ClusterFirst',
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      terminationGracePeriodSeconds: 30,
    },
    fill: (draft, server) => {
      withoutNewer(draft, server);
      draft.serviceAccountName ||= draft.serviceAccount;
      draft.serviceAccount = draft.serviceAccountName;
    },
  },
  Probe: { values: { failureThreshold: 3, periodSeconds: 10, successThreshold: 1, timeoutSeconds: 1 } },
};
