import { ApiObject } from 'cdk8s';
import { harden, InitContainer, Placement, Probe, Secret } from 'cdk8s-eks-patterns';
import {
  agent,
  appOf,
  existingCluster,
  IMAGE,
  newApp,
  newAutoCluster,
  newCluster,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  privilegedTenant,
  stateful,
  synth,
  web,
  worker,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const LINUX = { name: 'workers', instanceType: 'm5.large', minSize: 3 };
const GROUP = { name: 'windows', instanceType: 'm5.xlarge', minSize: 3, amiFamily: 'WindowsServer2022CoreContainer' };
const clustered = (group: object = {}, more: object = {}) =>
  newCluster(newApp(), {
    nodeGroups: undefined,
    config: { managedNodeGroups: [LINUX, { ...GROUP, ...group }], ...more },
  } as never);
const props = { placement: Placement.windows(), user: undefined } as const;
const on = (more: object = {}, tenant = newTenant({}, clustered())) => web({ ...props, ...more }, tenant);
const specOf = (more: object = {}) => podOf(on(more)).spec;

describe('pods on Windows', () => {
  it.each(PATTERN_NAMES.filter((name) => name !== 'StatefulService'))('of %s have its fields alone', (name) => {
    const { spec } = podOf(PATTERNS[name](props, newTenant({}, clustered())));
    expect(spec.os).toEqual({ name: 'windows' });
    expect(spec.nodeSelector).toEqual({ 'kubernetes.io/os': 'windows' });
    expect(spec.affinity?.nodeAffinity).toBeUndefined();
    expect(spec.securityContext).toEqual({
      runAsNonRoot: true,
      windowsOptions: { runAsUserName: 'ContainerUser' },
    });
    expect(spec).not.toHaveProperty('dnsConfig');
    expect(spec).not.toHaveProperty('volumes');
    expect(spec.containers[0]).not.toHaveProperty('securityContext');
  });

  it('are accepted by the review in a restricted tenant, which says that policies are not enforced', () => {
    const { warnings, clusterConfig } = synth(appOf(on()));
    expect(warnings.filter((text) => !text.includes('publicAccessCIDRs'))).toEqual([
      expect.stringMatching(/placement\.os.*connections\/windows/),
    ]);
    expect(clusterConfig?.addons).toContainEqual(
      expect.objectContaining({
        name: 'vpc-cni',
        configurationValues: expect.stringContaining('"enableWindowsIpam":"true"'),
      }),
    );
  });

  it('leave clusters without them as they were', () => {
    const { files } = synth(appOf(web({}, newTenant({}, clustered()))));
    expect(files['cluster/prod.yaml']).not.toContain('enableWindowsIpam');
  });

  it('tolerate the taint that says that nodes are of Windows, and no other', () => {
    const taints = [
      { key: 'node.example.com/os', value: 'windows', effect: 'NoSchedule' },
      { key: 'dedicated', value: 'reports', effect: 'NoSchedule' },
    ];
    const { tolerations } = podOf(on({}, newTenant({}, clustered({ taints })))).spec;
    expect(tolerations).toEqual([
      { key: 'os', operator: 'Equal', value: 'windows', effect: 'NoSchedule' },
      { key: 'node.example.com/os', operator: 'Equal', value: 'windows', effect: 'NoSchedule' },
    ]);
    const own = [{ operator: 'Exists' as const }];
    expect(specOf({ placement: Placement.windows({ tolerations: own }) }).tolerations).toEqual(own);
    expect(podOf(agent(props, newTenant({}, clustered()))).spec.tolerations).toEqual(own);
  });

  it('need a group of Windows nodes', () => {
    const rulesOf = (tenant: ReturnType<typeof newTenant>) =>
      findingsOf(() => appOf(on({}, tenant))).map((f) => f.rule);
    expect(rulesOf(newTenant())).toEqual(['placement/unschedulable']);
    expect(rulesOf(newTenant({}, clustered()))).toEqual([]);
    const auto = findingsOf(() => appOf(on({}, newTenant({}, newAutoCluster()))));
    expect(auto.map(({ message }) => message)).toContainEqual(expect.stringContaining('which has no Windows nodes'));
    const ipv6 = clustered({}, { kubernetesNetworkConfig: { ipFamily: 'IPv6' } });
    expect(rulesOf(newTenant({}, ipv6))).toContain('placement/operating-system');
  });

  it('get their addresses by a step where the cluster exists', () => {
    const { steps } = synth(appOf(on({}, newTenant({}, existingCluster()))));
    expect(steps).toContain('"enable-windows-ipam":"true"');
  });
});

describe('users of Windows', () => {
  const contextOf = (user: unknown) => specOf({ user }).securityContext;

  it.each([
    [{ runAsUserName: 'NT AUTHORITY\\NETWORK SERVICE' }, { runAsUserName: 'NT AUTHORITY\\NETWORK SERVICE' }],
    ['image', undefined],
  ])('%j', (user, windowsOptions) => {
    expect(contextOf(user)).toEqual({ runAsNonRoot: true, ...(windowsOptions ? { windowsOptions } : {}) });
  });

  it('are ContainerAdministrator with a reason alone', () => {
    const tenant = privilegedTenant(clustered());
    const { spec, metadata } = podOf(on({ user: { root: 'the installer writes to the registry' } }, tenant));
    expect(spec.securityContext).toEqual({ windowsOptions: { runAsUserName: 'ContainerAdministrator' } });
    expect(Object.values(metadata!.annotations!)).toContain('the installer writes to the registry');
    expect(refusedBy(() => on({ user: { root: 'the installer' } }))).toEqual(['props/forbidden', 'user']);
  });

  it.each([
    [1000, 'props/unsupported', 'user'],
    [{ uid: 1000, gid: 0 }, 'props/unsupported', 'user'],
    [{ runAsUserName: 'ContainerAdministrator' }, 'props/forbidden', 'user.runAsUserName'],
    [{ runAsUserName: 'a/b' }, 'props/invalid', 'user.runAsUserName'],
    [{ runAsUserName: '' }, 'props/invalid', 'user.runAsUserName'],
    [{ runAsUserName: 7 }, 'props/type', 'user.runAsUserName'],
    [{ runAsUserName: 'a', uid: 7 }, 'props/unknown', 'user.uid'],
  ])('are not %j', (user, rule, field) => {
    expect(refusedBy(() => on({ user }))).toEqual([rule, field]);
  });

  it('are not of Linux', () => {
    expect(refusedBy(() => web({ user: { runAsUserName: 'ContainerUser' } }))).toEqual(['props/unsupported', 'user']);
  });

  it('of other containers are written where they differ', () => {
    const sidecar = (more: object) => {
      const { spec } = podOf(on({ sidecars: [{ name: 'proxy', image: IMAGE, scratch: [], ...more }] }));
      return spec.initContainers![0]!.securityContext;
    };
    expect(sidecar({})).toBeUndefined();
    expect(sidecar({ user: { runAsUserName: 'ContainerUser' } })).toBeUndefined();
    expect(sidecar({ user: { runAsUserName: 'proxy' } })).toEqual({ windowsOptions: { runAsUserName: 'proxy' } });
    expect(refusedBy(() => sidecar({ user: 1000 }))).toEqual(['props/unsupported', 'sidecars[0].user']);
  });
});

describe('folders of Windows', () => {
  it('begin with a drive, or with a slash', () => {
    const scratch = ['C:\\logs\\', { path: '/cache', size: '1Gi' }];
    const { containers, volumes } = specOf({ scratch });
    expect(containers[0]!.volumeMounts).toEqual([
      { name: 'scratch-c-logs', mountPath: 'C:\\logs' },
      { name: 'scratch-cache', mountPath: '/cache' },
    ]);
    expect(volumes).toHaveLength(2);
    expect(refusedBy(() => on({ scratch: ['C:\\logs\\..\\x'] }))).toEqual(['props/invalid', 'scratch[0]']);
    expect(refusedBy(() => web({ scratch: ['C:\\logs'] }))).toEqual(['props/invalid', 'scratch[0]']);
  });

  it('of files are mounted whole, since there is no subPath', () => {
    const files = {
      'C:\\app\\config\\a.json': '{}',
      'C:\\app\\config\\b.json': '{}',
      'C:\\inetpub\\web.config': '<a/>',
    };
    const { containers, volumes } = specOf({ files });
    expect(containers[0]!.volumeMounts).toEqual([
      { name: 'files-c-app-config', mountPath: 'C:\\app\\config', readOnly: true },
      { name: 'files-c-inetpub', mountPath: 'C:\\inetpub', readOnly: true },
    ]);
    expect(volumes![0]!.projected!.sources![0]!.configMap).toEqual({
      name: expect.stringMatching(/^web-files-/),
      items: [
        { key: 'C_app_config_a.json', path: 'a.json' },
        { key: 'C_app_config_b.json', path: 'b.json' },
      ],
    });
    const object = on({ files }).filesConfigMap!.manifest() as { data: object };
    expect(Object.keys(object.data)).toContain('C_inetpub_web.config');
  });

  it('in memory and parts of volumes are refused, whoever writes them', () => {
    const rulesOf = (more: object) => findingsOf(() => appOf(on(more))).map(({ rule }) => rule);
    expect(rulesOf({ scratch: [{ path: 'C:\\cache', memory: true }] })).toEqual(['windows/unsupported']);
    const deployment = (d: { spec: { template: { spec: { containers: { volumeMounts?: object[] }[] } } } }) => {
      d.spec.template.spec.containers[0]!.volumeMounts![0] = {
        name: 'scratch-c-logs',
        mountPath: 'C:\\logs',
        subPath: 'a',
      };
    };
    expect(rulesOf({ scratch: ['C:\\logs'], customize: { deployment } })).toEqual(['windows/unsupported']);
  });

  it('on EBS need a class of NTFS, and the driver for Windows', () => {
    const make = (storage: object) => () => stateful({ ...props, storage }, newTenant({}, clustered()));
    const storage = { mountPath: 'D:\\data', size: '10Gi' };
    expect(refusedBy(make(storage))).toEqual(['props/required', 'storage.className']);
    expect(refusedBy(make({ ...storage, className: 'ntfs' }))).toEqual(['props/unsupported', 'storage.folder']);
    const tenant = newTenant({}, clustered());
    const ntfs = (fstype: string) =>
      new ApiObject(tenant, 'class', {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: { name: 'ntfs' },
        provisioner: 'ebs.csi.aws.com',
        parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': fstype },
        volumeBindingMode: 'WaitForFirstConsumer',
        allowVolumeExpansion: true,
      } as never);
    ntfs('ntfs');
    stateful({ ...props, storage: { ...storage, className: 'ntfs', folder: false } }, tenant);
    const { clusterConfig } = synth(appOf(tenant));
    expect(clusterConfig?.addons).toContainEqual(
      expect.objectContaining({
        name: 'aws-ebs-csi-driver',
        configurationValues: expect.stringContaining('"enableWindows":true'),
      }),
    );
  });
});

describe('what is of Linux', () => {
  it.each([
    [{ security: { writableRoot: { because: 'the test' } } }, 'security.writableRoot'],
    [{ security: { capabilities: { add: ['NET_BIND_SERVICE'], because: 'the test' } } }, 'security.capabilities'],
    [{ dns: { ndots: 3 } }, 'dns.ndots'],
    [{ resources: { cpu: '1', memory: '1Gi', resize: { cpu: 'NotRequired' } } }, 'resources.resize'],
    [{ shutdown: { preStop: ['drain.exe'] } }, 'shutdown.preStop'],
    [{ placement: Placement.windows({ architecture: 'arm64' }) }, 'placement.architecture'],
    [{ placement: Placement.windows({ accelerator: 'nvidia' }) }, 'placement.accelerator'],
    [{ placement: Placement.windows({ computeType: 'fargate' }) }, 'placement.os'],
    [{ placement: Placement.windows({ computeType: 'hybrid' }) }, 'placement.os'],
    [{ aws: { by: 'pod-identity', managedPolicies: ['AmazonS3ReadOnlyAccess'] } }, 'aws.by'],
    [{ sidecars: [{ name: 'a', image: IMAGE, scratch: [], security: { privileged: { because: 'b' } } }] }, undefined],
  ])('%#: is refused', (more, field) => {
    const [rule, at] = refusedBy(() => on(more, privilegedTenant(clustered())));
    expect(rule).toBe('props/unsupported');
    expect(at).toBe(field ?? 'sidecars[0].security.privileged');
  });

  it('in its label stands beside the prop only once', () => {
    const placement = Placement.windows({ nodeLabels: { 'kubernetes.io/os': 'windows' } });
    expect(refusedBy(() => on({ placement }))[0]).toBe('props/forbidden');
    expect(refusedBy(() => web({ placement: { os: 'macos' } }))).toEqual(['props/unsupported', 'placement.os']);
  });

  it('in init containers and agents is refused', () => {
    const tenant = newTenant({}, clustered());
    const store = web({}, tenant, 'store');
    expect(refusedBy(() => on({ initContainers: [InitContainer.waitFor(store)] }, tenant))[1]).toBe(
      'initContainers[0]',
    );
    const hostNetwork = { because: 'the test' };
    expect(refusedBy(() => agent({ ...props, hostNetwork }, privilegedTenant(clustered())))[1]).toBe('hostNetwork');
  });

  it('drivers of secrets of AWS', () => {
    const tenant = newTenant({}, clustered());
    const secret = Secret.fromSecretsManager(tenant, 'db', { secret: 'prod/db', keys: ['password'] });
    expect(refusedBy(() => on({ env: { PASSWORD: secret.env('password') } }, tenant))).toEqual([
      'props/unsupported',
      'placement.os',
    ]);
    const existing = Secret.existing(tenant, 'mq', ['password']);
    expect(podOf(worker({ ...props, env: { MQ: existing.env('password') } }, tenant)).spec.os).toBeDefined();
  });
});

it('commands of Windows are taken in probes, hooks and entry points', () => {
  const command = ['powershell', '-File', 'C:\\app\\ready.ps1'];
  const shutdown = { sleep: '0s', preStop: ['C:\\app\\drain.exe'] };
  const probes = { readiness: Probe.exec(command), liveness: Probe.tcp() };
  const [container] = specOf({ command: ['C:\\app\\web.exe'], probes, shutdown }).containers;
  expect(container).toMatchObject({
    command: ['C:\\app\\web.exe'],
    readinessProbe: { exec: { command } },
    lifecycle: { preStop: { exec: { command: ['C:\\app\\drain.exe'] } } },
  });
});

it('permissions in AWS come by IRSA', () => {
  const aws = { account: '111122223333', managedPolicies: ['AmazonS3ReadOnlyAccess'] };
  const workload = on({ aws });
  expect(workload.serviceAccount.manifest().metadata.annotations).toEqual({
    'eks.amazonaws.com/role-arn': expect.stringContaining('arn:aws:iam::111122223333:role/'),
  });
  expect(synth(appOf(workload)).clusterConfig?.iam.podIdentityAssociations ?? []).not.toContainEqual(
    expect.objectContaining({ serviceAccountName: 'web' }),
  );
});

it('harden() gives objects of Windows what Windows has', () => {
  const tenant = newTenant({}, clustered());
  const make = (id: string, spec: object) =>
    new ApiObject(tenant, id, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: id },
      spec: { template: { spec } },
    });
  const spec = { os: { name: 'windows' }, containers: [{ name: 'web', image: IMAGE }] };
  const object = harden(make('a', spec), { user: { runAsUserName: 'ContainerUser' } });
  expect((object.toJson() as { spec: { template: { spec: object } } }).spec.template.spec).toEqual({
    ...spec,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: { runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } },
  });
  expect(refusedBy(() => harden(make('b', spec), { user: 1000 }).toJson())).toEqual(['props/unsupported', 'user']);
});
