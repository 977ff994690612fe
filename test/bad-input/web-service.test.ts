import { Probe } from 'cdk8s-eks-patterns';
import { IMAGE, web } from '../support/app';
import { findingsOf } from '../support/findings';
import { judge, propsOf } from './support';

const compute = (more: object) => ({ resources: { cpu: '250m', memory: '512Mi', ...more } });
const probes = (more: object) => ({
  probes: { readiness: Probe.http('/readyz'), liveness: Probe.http('/livez'), ...more },
});

describe('required props', () => {
  judge(
    propsOf('WebService', [
      ['no image', { image: undefined }, 'props/required', 'image'],
      ['no port', { port: undefined }, 'props/required', 'port'],
      ['no user', { user: undefined }, 'props/required', 'user'],
      ['no resources', { resources: undefined }, 'props/required', 'resources'],
      ['no cpu', { resources: { memory: '1Gi' } }, 'props/type', 'resources.cpu'],
      ['no probes', { probes: undefined }, 'props/required', 'probes'],
      ['no readiness', { probes: { liveness: Probe.tcp() } }, 'props/required', 'probes.readiness'],
      ['no liveness', { probes: { readiness: Probe.tcp() } }, 'props/required', 'probes.liveness'],
    ]),
  );
});

describe('images', () => {
  judge(
    propsOf('WebService', [
      ['latest', { image: 'shop/web:latest' }, 'props/invalid', 'image'],
      ['no tag', { image: 'shop/web' }, 'props/invalid', 'image'],
      ['no tag behind a port', { image: 'localhost:5000/web' }, 'props/invalid', 'image'],
      ['a blank', { image: 'shop/web: 1' }, 'props/invalid', 'image'],
      ['a short digest', { image: 'shop/web@sha256:abc' }, 'props/invalid', 'image'],
      ['a pull policy in lowercase', { imagePullPolicy: 'always' }, 'props/unsupported', 'imagePullPolicy'],
      [
        'a sidecar of latest',
        { sidecars: [{ name: 'log', image: 'log:latest' }] },
        'props/invalid',
        'sidecars[0].image',
      ],
      ['a command as one string', { command: 'sh -c true' }, 'props/type', 'command'],
      ['an argument that is a number', { args: ['-p', 80] }, 'props/type', 'args[1]'],
    ]),
  );
});

describe('resources', () => {
  judge(
    propsOf('WebService', [
      ['an unknown unit', compute({ memory: '512MB' }), 'props/invalid', 'resources.memory'],
      ['a number', compute({ memory: 512 }), 'props/type', 'resources.memory'],
      ['millibytes', compute({ memory: '512m' }), 'props/invalid', 'resources.memory'],
      ['no CPU at all', compute({ cpu: '0' }), 'props/invalid', 'resources.cpu'],
      ['a CPU limit below the request', compute({ cpuLimit: '100m' }), 'props/invalid', 'resources.cpuLimit'],
      ['a memory limit below the request', compute({ memoryLimit: '1Mi' }), 'props/invalid', 'resources.memoryLimit'],
      [
        'an unknown unit of storage',
        compute({ ephemeralStorage: '1gb' }),
        'props/invalid',
        'resources.ephemeralStorage',
      ],
      ['a device without a domain', compute({ devices: { gpu: 1 } }), 'props/invalid', "resources.devices['gpu']"],
      [
        'half a device',
        compute({ devices: { 'nvidia.com/gpu': 0.5 } }),
        'props/invalid',
        "resources.devices['nvidia.com/gpu']",
      ],
    ]),
  );
});

describe('ports', () => {
  judge(
    propsOf('WebService', [
      ['a string', { port: '8080' }, 'props/type', 'port'],
      ['zero', { port: 0 }, 'props/invalid', 'port'],
      ['too large', { port: 65536 }, 'props/invalid', 'port'],
      ['one number twice', { port: { http: 80, admin: 80 } }, 'props/duplicate', 'port.admin'],
      ['a long name', { port: { 'a-very-long-name': 80 } }, 'props/invalid', 'port.a-very-long-name'],
      ['no name at all', { port: {} }, 'props/invalid', 'port'],
      [
        'an unknown protocol',
        { port: { http: { port: 80, protocol: 'HTTP' } } },
        'props/unsupported',
        'port.http.protocol',
      ],
      [
        'a second port named metrics',
        { port: { http: 8080, metrics: 9090 }, metrics: { port: 9100 } },
        'props/duplicate',
        'metrics.port',
      ],
      ['metrics of an unknown port', { metrics: { port: 'admin' } }, 'props/unsupported', 'metrics.port'],
      ['a metrics path without a slash', { metrics: { path: 'metrics' } }, 'props/invalid', 'metrics.path'],
    ]),
  );
});

describe('probes', () => {
  judge(
    propsOf('WebService', [
      ['the same twice', probes({ liveness: Probe.http('/readyz') }), 'props/duplicate', 'probes.liveness'],
      [
        'the same twice, once by number',
        probes({ readiness: Probe.tcp(8080), liveness: Probe.tcp() }),
        'props/duplicate',
        'probes.liveness',
      ],
      [
        'a port that is not declared',
        probes({ liveness: Probe.tcp(9000) }),
        'props/unsupported',
        'probes.liveness.port',
      ],
      ['a port by a wrong name', probes({ liveness: Probe.tcp('admin') }), 'props/unsupported', 'probes.liveness.port'],
      ['a path without a slash', probes({ liveness: Probe.http('livez') }), 'props/invalid', 'probes.liveness.path'],
      [
        'a fraction of a second',
        probes({ liveness: Probe.tcp({ timeout: '500ms' }) }),
        'props/invalid',
        'probes.liveness.timeout',
      ],
      ['no failures', probes({ liveness: Probe.tcp({ failures: 0 }) }), 'props/invalid', 'probes.liveness.failures'],
      ['no command', probes({ liveness: Probe.exec([]) }), 'props/invalid', 'probes.liveness.command'],
      ['Kubernetes spelling', probes({ liveness: { tcpSocket: {} } }), 'props/type', 'probes.liveness'],
      [
        'none without a reason',
        probes({ liveness: Probe.none({ because: '' }) }),
        'props/type',
        'probes.liveness.because',
      ],
    ]),
  );
});

describe('volumes', () => {
  const raw = { volume: { name: 'x', emptyDir: {} }, mountPath: '/tmp' };
  judge(
    propsOf('WebService', [
      ['one place twice', { volumes: [raw] }, 'props/duplicate', 'volumes'],
      [
        'one name twice',
        {
          volumes: [
            { ...raw, mountPath: '/a' },
            { ...raw, mountPath: '/b' },
          ],
        },
        'props/duplicate',
        'volumes',
      ],
      ['a scratch folder twice', { scratch: ['/a', '/a/'] }, 'props/duplicate', 'scratch'],
      ['a scratch folder without a root', { scratch: ['tmp'] }, 'props/invalid', 'scratch[0]'],
      [
        'a scratch size without a unit',
        { scratch: [{ path: '/a', size: '1 GB' }] },
        'props/invalid',
        'scratch[0].size',
      ],
      [
        'a raw volume without a name',
        { volumes: [{ volume: {}, mountPath: '/a' }] },
        'props/required',
        'volumes[0].volume.name',
      ],
    ]),
  );
});

describe('replicas, budgets and rollouts', () => {
  const fixed = (replicas: number, disruption: object) => ({ replicas, disruption });
  judge(
    propsOf('WebService', [
      ['less than none', { replicas: -1 }, 'props/invalid', 'replicas'],
      ['a string', { replicas: '3' }, 'props/type', 'replicas'],
      ['min above max', { replicas: { min: 5, max: 3 } }, 'props/invalid', 'replicas.max'],
      ['no max', { replicas: { min: 2 } }, 'props/type', 'replicas.max'],
      ['zero without triggers', { replicas: { min: 0, max: 3 } }, 'props/invalid', 'replicas.min'],
      [
        'a utilization of 0',
        { replicas: { min: 1, max: 3, cpuUtilization: 0 } },
        'props/invalid',
        'replicas.cpuUtilization',
      ],
      ['a trigger as data', { replicas: { min: 1, max: 3, triggers: [{}] } }, 'props/type', 'replicas.triggers[0]'],
      ['all must stay', fixed(3, { minAvailable: 3 }), 'props/invalid', 'disruption.minAvailable'],
      ['100 % must stay', fixed(3, { minAvailable: '100%' }), 'props/invalid', 'disruption.minAvailable'],
      ['75 % of three, which is three', fixed(3, { minAvailable: '75%' }), 'props/invalid', 'disruption.minAvailable'],
      ['none may be missing', fixed(3, { maxUnavailable: 0 }), 'props/invalid', 'disruption.maxUnavailable'],
      ['0 % may be missing', fixed(3, { maxUnavailable: '0%' }), 'props/invalid', 'disruption.maxUnavailable'],
      ['two bounds', fixed(3, { maxUnavailable: 1, minAvailable: 1 }), 'props/forbidden', 'disruption'],
      ['more than all', fixed(3, { maxUnavailable: '150%' }), 'props/invalid', 'disruption.maxUnavailable'],
      ['nothing moves', { rollout: { maxSurge: 0 } }, 'props/invalid', 'rollout'],
      [
        'recreate with a bound',
        { rollout: { strategy: 'recreate', maxSurge: 1 } },
        'props/forbidden',
        'rollout.maxSurge',
      ],
      ['an unknown strategy', { rollout: { strategy: 'Recreate' } }, 'props/unsupported', 'rollout.strategy'],
      ['a duration without a unit', { rollout: { deadline: '600' } }, 'props/invalid', 'rollout.deadline'],
      ['a fraction of a second', { shutdown: { sleep: 0.5 } }, 'props/invalid', 'shutdown.sleep'],
      ['a negative duration', { shutdown: { drain: -1 } }, 'props/invalid', 'shutdown.drain'],
    ]),
  );
});

describe('users, security and placement', () => {
  const because = 'the test says so';
  judge(
    propsOf('WebService', [
      ['root by number', { user: 0 }, 'props/forbidden', 'user'],
      ['root with another group', { user: { uid: 0, gid: 5 } }, 'props/forbidden', 'user'],
      ['a name', { user: 'nginx' }, 'props/type', 'user'],
      ['an id too large', { user: 70000 }, 'props/invalid', 'user'],
      ['root in a restricted tenant', { user: { root: because } }, 'props/forbidden', 'user'],
      ['root without a reason', { user: { root: ' ' } }, 'props/type', 'user.root'],
      ['privileged', { security: { privileged: { because } } }, 'props/forbidden', 'security.privileged'],
      [
        'a capability beyond the level',
        { security: { capabilities: { add: ['CHOWN'], because } } },
        'props/forbidden',
        'security.capabilities.add[0]',
      ],
      [
        'a capability with its prefix',
        { security: { capabilities: { add: ['CAP_CHOWN'], because } } },
        'props/invalid',
        'security.capabilities.add[0]',
      ],
      [
        'a writable root without a reason',
        { security: { writableRoot: {} } },
        'props/required',
        'security.writableRoot.because',
      ],
      [
        'an unknown architecture',
        { placement: { architecture: 'x86' } },
        'props/unsupported',
        'placement.architecture',
      ],
      ['an unknown spread', { placement: { spread: 'hard' } }, 'props/unsupported', 'placement.spread'],
      [
        'two architectures',
        { placement: { architecture: 'arm64', nodeLabels: { 'kubernetes.io/arch': 'amd64' } } },
        'props/forbidden',
        "placement.nodeLabels['kubernetes.io/arch']",
      ],
      ['an unknown priority', { priority: 'high' }, 'props/unsupported', 'priority'],
      ['a priority class with a blank', { priority: { className: 'a b' } }, 'props/invalid', 'priority.className'],
    ]),
  );
});

test('an image with a short name, or a version with a suffix, is valid', () => {
  expect([findingsOf(() => web({ image: 'redis:7' })), findingsOf(() => web({ image: `${IMAGE}-rc.1` }))]).toEqual([
    [],
    [],
  ]);
});
