/** Random containers beside the workload's own. */
import { Config, Env, InitContainer, Peer, Probe, Secret } from 'cdk8s-eks-patterns';
import { pick } from '../../review/damage';
import { IMAGE } from '../app';
import { because, either, freeId, oneOf, type Value } from './draw';

const container = (name: string) => ({ name, image: IMAGE, command: ['run'] });
/** A container with props of the library: those of init containers, and what only sidecars have. */
const own = (name: string, more: object) => ({ ...container(name), scratch: ['/tmp', '/var/own'], ...more });

const OWN: Value = either(
  oneOf(
    { user: 65534 },
    { user: { uid: 1000, gid: 0 } },
    { user: { root: 'the test draws it', stepsDown: true } },
    { env: { A: '1', B: (self: { podIp: string; nodeIp: string }) => `${self.podIp}${self.nodeIp}` } },
    { env: { LIMIT: Env.resource('limits.memory', '1Mi'), ZONE: Env.zone() } },
    { files: { '/etc/own.yaml': 'a: b\n' } },
    { like: 'main', scratch: undefined },
    { like: 'main', env: { A: '$(POD)', POD: Env.podName() }, scratch: ['/tmp'] },
    { resources: { cpu: '10m', memory: '16Mi', cpuLimit: 'none' } },
    { security: { writableRoot: because, capabilities: { add: ['NET_BIND_SERVICE'], ...because } } },
    { imagePullPolicy: 'IfNotPresent', args: ['--own'] },
    { storage: ['data'] },
    { storage: [{ name: 'data', mountPath: '/own/data', readOnly: true }] },
    { storage: ['shm'] },
  ),
  (random, tenant) => {
    const secret = Secret.existing(tenant, freeId(random, 'own'), ['key']);
    return { env: { KEY: secret.env('key'), KEY_FILE: secret.file('key') }, secretFiles: { '/etc/own': secret } };
  },
  (random, tenant) => ({ envFrom: [new Config(tenant, freeId(random, 'own'), { C: 'd' })] }),
);
const BESIDE: readonly object[] = [
  { port: 4180, probes: { liveness: Probe.tcp(), readiness: Probe.http('/ready') } },
  { port: { proxy: 4180, stats: { port: 9901, protocol: 'UDP' } }, postStart: ['true'] },
  { probes: { startup: Probe.exec(['true']) }, shutdown: { preStop: ['sleep', '2'] } },
  { shutdown: { preStop: { command: ['drain'], time: '10s' } }, waitsFor: ['init'] },
];
/** Containers of the library, an init container of every workload before them. */
const beside: Value = (random, tenant) => [
  own('proxy', { ...(OWN(random, tenant) as object), ...pick(random, BESIDE) }),
];
const before: Value = (random, tenant) => [
  InitContainer.waitFor(
    Peer.cidr('10.0.0.0/8', 5432),
    pick(random, [{ host: '10.0.0.1' }, { host: 'db.internal', name: 'wait', image: IMAGE }]),
  ),
  own('init', OWN(random, tenant) as object),
];

export const sidecars = either(
  oneOf([container('sidecar')], [{ ...container('sidecar'), ports: [{ containerPort: 9100 }] }]),
  beside,
  beside,
);
export const initContainers = either(
  oneOf([container('init')], [{ ...container('init'), restartPolicy: 'Always' }]),
  before,
  before,
);
