import { pick, type Random } from '../review/damage';
import { IMAGE, type Manifest } from './app';

/** An edit as users write it in `customize`: valid, invalid or unwise. */
export type Edit = (object: Manifest, random: Random) => void;

/** The pod template of a controller. */
function template(object: Manifest): Manifest {
  return (object.spec.jobTemplate?.spec ?? object.spec).template;
}
const pod = (object: Manifest) => template(object).spec;
const main = (object: Manifest) => pod(object).containers[0];
const also = (object: Manifest, key: string, ...items: unknown[]) => {
  object[key] = [...(object[key] ?? []), ...items];
};

/** What a restricted namespace demands of a container. */
const HARDENED = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

/** Edits of objects with a pod template. */
export const POD_EDITS: readonly Edit[] = [
  (o) => also(pod(o), 'containers', { name: 'sidecar', image: 'busybox:1' }),
  (o) => also(pod(o), 'containers', { name: 'sidecar', image: IMAGE, securityContext: HARDENED }),
  (o) => also(pod(o), 'initContainers', { name: 'init', image: IMAGE, securityContext: HARDENED }),
  (o) => also(pod(o), 'initContainers', { name: 'init', image: IMAGE, restartPolicy: 'Always' }),
  (o) => also(pod(o), 'containers', { name: main(o).name, image: IMAGE, securityContext: HARDENED }),
  (o) => {
    main(o).securityContext = { ...main(o).securityContext, privileged: true, allowPrivilegeEscalation: true };
  },
  (o, random) => {
    const add = [pick(random, ['NET_BIND_SERVICE', 'NET_ADMIN', 'CHOWN', 'SYS_TIME'])];
    main(o).securityContext = { ...main(o).securityContext, capabilities: { drop: ['ALL'], add } };
  },
  (o) => {
    delete main(o).securityContext;
  },
  (o) => {
    delete pod(o).securityContext;
  },
  (o, random) => {
    pod(o)[pick(random, ['hostNetwork', 'hostPID', 'hostIPC'])] = true;
  },
  (o) => {
    pod(o).securityContext = { ...pod(o).securityContext, sysctls: [{ name: 'kernel.msgmax', value: '65536' }] };
  },
  (o) => {
    pod(o).securityContext = { ...pod(o).securityContext, runAsUser: 0, runAsNonRoot: false };
  },
  (o) => also(pod(o), 'volumes', { name: 'host', hostPath: { path: '/var/log' } }),
  (o) => also(pod(o), 'volumes', { name: 'more', emptyDir: {} }),
  (o) => also(pod(o), 'volumes', { name: 'twice', emptyDir: {} }, { name: 'twice', emptyDir: {} }),
  (o) => also(main(o), 'volumeMounts', { name: 'missing', mountPath: '/missing' }),
  (o) => {
    also(pod(o), 'volumes', { name: 'own', emptyDir: {} });
    also(main(o), 'volumeMounts', { name: 'own', mountPath: '/own' }, { name: 'own', mountPath: '/own' });
  },
  (o, random) => also(main(o), 'ports', { containerPort: pick(random, [9999, 0, 70_000]), name: 'more' }),
  (o) => also(main(o), 'ports', { containerPort: 9998, name: 'A_Port' }),
  (o) => also(main(o), 'ports', { containerPort: 9997, name: 'twin' }, { containerPort: 9996, name: 'twin' }),
  (o) => also(main(o), 'ports', { containerPort: 9995, hostPort: 9995 }),
  (o, random) => also(main(o), 'env', { name: pick(random, ['GOOD', 'also.good', 'not=good', '']), value: 'x' }),
  (o) => also(main(o), 'env', { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }),
  (o) => also(main(o), 'env', { name: 'POD', valueFrom: { fieldRef: { fieldPath: 'metadata.nothing' } } }),
  (o) => also(main(o), 'env', { name: 'BOTH', value: 'x', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }),
  (o, random) => {
    const labels = { ...template(o).metadata.labels };
    labels[pick(random, ['team', 'bad key', 'app.kubernetes.io/name'])] = pick(random, ['a', 'bad value!', '']);
    template(o).metadata.labels = labels;
  },
  (o, random) => {
    const annotations = { ...template(o).metadata.annotations, [pick(random, ['a/b', 'a/b/c', 'a b'])]: 'x' };
    template(o).metadata.annotations = annotations;
  },
  (o, random) => {
    main(o).resources = { requests: { cpu: pick(random, ['2', '100m']) }, limits: { cpu: '1' } };
  },
  (o, random) => {
    main(o).imagePullPolicy = pick(random, ['Always', 'Sometimes']);
  },
  (o, random) => {
    pod(o).terminationGracePeriodSeconds = pick(random, [0, 5, -1]);
  },
  (o, random) => {
    pod(o).restartPolicy = pick(random, ['Always', 'OnFailure', 'Never']);
  },
  (o, random) => {
    pod(o).dnsPolicy = pick(random, ['ClusterFirst', 'None', 'Default']);
  },
  (o) => {
    pod(o).tolerations = [{ key: 'a', operator: 'Exists', value: 'b' }];
  },
  (o) => {
    pod(o).topologySpreadConstraints = [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }];
  },
  (o) => {
    main(o).livenessProbe = { httpGet: { path: '/', port: 8080 }, tcpSocket: { port: 8080 } };
  },
  (o) => {
    main(o).livenessProbe = { tcpSocket: { port: 8080 }, successThreshold: 2 };
  },
  (o) => {
    main(o).livenessProbe = {};
  },
  (o) => {
    main(o).name = 'Not_A_Name';
  },
  (o) => {
    main(o).image = '';
  },
  (o) => {
    o.metadata.labels = { ...o.metadata.labels, 'too-long': 'x'.repeat(64) };
  },
  (o) => {
    o.metadata.name = `${'x'.repeat(60)}.${'y'.repeat(10)}`;
  },
  (o) => {
    o.spec.unknown = true;
  },
];

/** Edits of Services. */
export const SERVICE_EDITS: readonly Edit[] = [
  (o) => {
    o.spec.selector = { app: 'typo' };
  },
  (o) => {
    o.spec.ports = o.spec.ports.map((port: object) => ({ ...port, targetPort: 'missing' }));
  },
  (o) => also(o.spec, 'ports', { name: 'more', port: 9999, targetPort: 9999 }),
  (o) => also(o.spec, 'ports', { port: 9999 }),
  (o) => also(o.spec, 'ports', { ...o.spec.ports[0] }),
  (o, random) => {
    o.spec.type = pick(random, ['NodePort', 'ExternalName', 'Balancer']);
  },
  (o, random) => {
    o.spec.sessionAffinity = pick(random, ['ClientIP', 'Sticky']);
  },
  (o) => {
    o.metadata.name = '0-digit-first';
  },
];

/** Edits of PodDisruptionBudgets. */
export const BUDGET_EDITS: readonly Edit[] = [
  (o) => {
    o.spec.minAvailable = '50%';
  },
  (o) => {
    delete o.spec.maxUnavailable;
    o.spec.minAvailable = 'half';
  },
  (o) => {
    o.spec.selector = { matchLabels: { app: 'typo' } };
  },
  (o) => {
    o.spec.selector = { matchExpressions: [{ key: 'a', operator: 'In', values: [] }] };
  },
];
