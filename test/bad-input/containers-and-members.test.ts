import { Probe } from 'cdk8s-eks-patterns';
import { IMAGE, stateful, web } from '../support/app';
import { findingsOf } from '../support/findings';
import { judge, propsOf, type Row } from './support';

const container = { name: 'proxy', image: IMAGE, user: 65534 };
const sidecar = (more: object) => ({ sidecars: [{ ...container, ...more }] });
const init = (more: object) => ({ initContainers: [{ ...container, ...more }] });
const _because = 'the test says so';

describe('containers', () => {
  judge(
    propsOf('WebService', [
      ['no list', { sidecars: container }, 'props/type', 'sidecars'],
      ['a condition in the list', { sidecars: [undefined] }, 'props/type', 'sidecars[0]'],
      ['null for none', { initContainers: null }, 'props/type', 'initContainers'],
      ['a capital letter', sidecar({ name: 'Proxy' }), 'props/invalid', 'sidecars[0].name'],
      ['no image', { sidecars: [{ name: 'proxy', user: 1 }] }, 'props/required', 'sidecars[0].image'],
      ['like another', sidecar({ like: 'web' }), 'props/unsupported', 'sidecars[0].like'],
      ['a volume that is not there', sidecar({ storage: ['data'] }), 'props/unsupported', 'sidecars[0].storage[0]'],
      [
        'read-only in words',
        sidecar({ scratch: [{ path: '/a', memory: 'no' }] }),
        'props/type',
        'sidecars[0].scratch[0].memory',
      ],
      ['a command as text', sidecar({ command: 'run --now' }), 'props/type', 'sidecars[0].command'],
      ['an empty program', sidecar({ command: [''] }), 'props/invalid', 'sidecars[0].command[0]'],
      ['a number as argument', sidecar({ args: ['--port', 80] }), 'props/type', 'sidecars[0].args[1]'],
      ['secrets as a list', sidecar({ secretFiles: [] }), 'props/type', 'sidecars[0].secretFiles'],
      ['variables in a Map', sidecar({ env: new Map([['A', 'b']]) }), 'props/type', 'sidecars[0].env'],
      ['a port twice', sidecar({ port: 8080 }), 'props/duplicate', 'sidecars[0].port'],
      ['ports of Kubernetes', sidecar({ ports: [{ containerPort: 1 }] }), 'props/unknown', 'sidecars[0].ports'],
      [
        'a stop without a time',
        sidecar({ shutdown: { preStop: { command: ['a'] } } }),
        'props/type',
        'sidecars[0].shutdown.preStop.time',
      ],
      ['waiting for none', sidecar({ waitsFor: ['migrate'] }), 'props/unsupported', 'sidecars[0].waitsFor'],
      ['waiting for a text', sidecar({ waitsFor: 'migrate' }), 'props/type', 'sidecars[0].waitsFor'],
      ['probes of what ends', init({ probes: {} }), 'props/unsupported', 'initContainers[0].probes'],
      [
        'shared by one',
        { ...sidecar({}), shared: [{ name: 'a', path: '/a', with: ['proxy'] }] },
        'props/invalid',
        'shared[0].with',
      ],
      [
        'shared with a stranger',
        { shared: [{ name: 'a', path: '/a', with: ['main', 'poxy'] }] },
        'props/unsupported',
        'shared[0].with',
      ],
      [
        'a size without a unit',
        { ...sidecar({}), shared: [{ name: 'a', path: '/a', with: ['main', 'proxy'], size: '1GB' }] },
        'props/invalid',
        'shared[0].size',
      ],
      ['an empty start', { postStart: [] }, 'props/type', 'postStart'],
      ['a stop of null', { shutdown: { preStop: null } }, 'props/type', 'shutdown.preStop'],
    ]),
  );
});

describe('variables, images and probes', () => {
  const env = (value: unknown) => ({ env: { A: value } });
  judge(
    propsOf('WebService', [
      ['not a number', env(Number.NaN), 'props/invalid', 'env.A'],
      ['a list', env(['a', 'b']), 'props/type', 'env.A'],
      ['an unknown name', env('$(MISSING)'), 'props/invalid', 'env.A'],
      [
        'a probe of no path',
        { probes: { readiness: Probe.http(80 as never), liveness: Probe.tcp() } },
        'props/type',
        'probes.readiness.path',
      ],
      [
        'a command as text',
        { probes: { readiness: Probe.http('/a'), liveness: Probe.exec('true' as never) } },
        'props/invalid',
        'probes.liveness.command',
      ],
      [
        'a header of a number',
        { probes: { readiness: Probe.http('/a', { headers: { A: 1 } as never }), liveness: Probe.tcp() } },
        'props/type',
        'probes.readiness.headers.A',
      ],
    ]),
  );
});

describe('members', () => {
  const set: Row[] = [
    ['a quorum of two', { quorum: 2 }, 'props/invalid', 'replicas'],
    ['a quorum in words', { quorum: 'three' }, 'props/type', 'quorum'],
    ['other replicas than the quorum', { quorum: 5, replicas: 3 }, 'props/invalid', 'replicas'],
    ['a first number below zero', { firstOrdinal: -1 }, 'props/invalid', 'firstOrdinal'],
    ['a first number as text', { firstOrdinal: '1' }, 'props/type', 'firstOrdinal'],
    [
      'a partition of more than there are',
      { replicas: 3, order: 'Parallel', updateStrategy: { partition: 4 } },
      'props/invalid',
      'updateStrategy.partition',
    ],
    ['an update of Kubernetes', { updateStrategy: { type: 'OnDelete' } }, 'props/unknown', 'updateStrategy.type'],
    [
      'a folder above the volume',
      { storage: { mountPath: '/data', size: '1Gi', folder: '../other' } },
      'props/invalid',
      'storage.folder',
    ],
    [
      'a folder of true',
      { storage: { mountPath: '/data', size: '1Gi', folder: true } },
      'props/invalid',
      'storage.folder',
    ],
    [
      'a class in a list',
      { storage: { mountPath: '/data', size: '1Gi', className: ['gp3'] } },
      'props/type',
      'storage.className',
    ],
    [
      'claims kept by a typo',
      { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Keep' } },
      'props/unsupported',
      'persistentVolumeClaimRetentionPolicy.whenDeleted',
    ],
    ['a set that is none', { memberPorts: [], memberOf: ['masters'] }, 'props/type', 'memberOf[0]'],
    ['member ports by number', { port: { a: 1, b: 2 }, memberPorts: [2] }, 'props/type', 'memberPorts[0]'],
  ];
  judge(propsOf('StatefulService', set));

  test.each<readonly [string, () => unknown, string, string]>([
    ['a Service without labels', () => stateful().addService('primary', undefined as never), 'props/type', ''],
    [
      'a label of null',
      () => stateful().addService('primary', { podLabels: { role: null } as never }),
      'props/type',
      "podLabels['role']",
    ],
    [
      'no port in the list',
      () => stateful().addService('primary', { podLabels: { role: 'a' }, ports: [] }),
      'props/invalid',
      'ports',
    ],
    [
      'the name of the headless Service',
      () => stateful().addService('headless', { podLabels: { role: 'a' } }),
      'props/duplicate',
      '',
    ],
    [
      'a port of clients',
      () => stateful({ port: { a: 1, b: 2 }, memberPorts: ['b'] }).onMembers('a'),
      'props/unsupported',
      '',
    ],
    ['a set without member ports', () => web().onMembers(), 'props/required', 'memberPorts'],
  ])('%s', (_mistake, program, rule, field) => {
    const [finding, ...more] = findingsOf(program);
    expect([finding?.rule, finding?.field ?? '', more]).toEqual([rule, field, []]);
    expect(finding!.fix).not.toBe('');
  });
});
