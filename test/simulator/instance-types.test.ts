import * as fs from 'node:fs';
import * as path from 'node:path';
import { InstanceType } from '../../charts/cluster/instance-type';
import { allSpecs, knownInstanceSpec, specsWith } from '../../eks/instance-specs';
import { resolvedNodeGroups } from '../../eksctl/resolved-node-group';
import type { ClusterConfig, ManagedNodeGroup, NodeGroup } from '../../eksctl/types';
import { allocatable, groupAllocatable, type InstanceResources } from '../../simulator/allocatable';
import { REPOSITORY } from '../app/support';
import { findingsOf, refusedBy } from '../support/findings';

// facts of EC2, which are no part of the repository
const FILE = path.join(REPOSITORY, '..', 'shared', 'data', 'instance-types.jsonl');
const PRESENT = fs.existsSync(FILE);
const WHY = PRESENT ? '' : ': not judged, the file of the facts of EC2 is absent';

interface Row {
  readonly type: string;
  readonly vcpu: number;
  readonly memoryMiB: number;
  readonly arch: 'amd64' | 'arm64';
  readonly enis: number;
  readonly ipsPerEni: number;
  readonly gpu?: number;
  readonly gpuManufacturer?: string;
  readonly podEniBranch?: number;
  readonly ebsAttachLimit: number;
  readonly ebsAttachType: 'shared' | 'dedicated';
  readonly allocatableCpuMilli: number;
  readonly allocatableMemoryMi: number;
  readonly maxPods: number;
}
const rows: Row[] = PRESENT
  ? fs
      .readFileSync(FILE, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
const factsOf = (row: Row): InstanceResources => ({
  vcpu: row.vcpu,
  memoryMiB: row.memoryMiB,
  architecture: row.arch,
  enis: row.enis,
  ipsPerEni: row.ipsPerEni,
  // pods ask for the GPUs of others by other names
  gpus: row.gpuManufacturer === 'nvidia' ? (row.gpu ?? 0) : 0,
  volumes: row.ebsAttachLimit - (row.ebsAttachType === 'shared' ? 2 : 1),
  // the controller that hands them out takes i4i.large for a type without
  branchInterfaces: row.type === 'i4i.large' ? 0 : (row.podEniBranch ?? 0),
});

test(`the formulas give what every type of EC2 has for pods${WHY}`, () => {
  const differences = rows.filter((row) => {
    const { cpu, memory, pods } = allocatable(factsOf(row));
    return cpu !== row.allocatableCpuMilli || memory !== row.allocatableMemoryMi || pods !== row.maxPods;
  });
  expect(differences).toEqual([]);
  expect(rows.length).toBe(PRESENT ? 1363 : 0);
});

test(`every type that the library knows is as EC2 has it${WHY}`, () => {
  const byName = new Map(rows.map((row) => [row.type, row]));
  const differences = allSpecs().filter((type) => {
    const row = byName.get(type.name);
    return PRESENT && (!row || JSON.stringify(factsOf(row)) !== JSON.stringify({ ...factsOf(row), ...picked(type) }));
  });
  expect(differences).toEqual([]);
});
const picked = ({
  vcpu,
  memoryMiB,
  architecture,
  enis,
  ipsPerEni,
  gpus,
  volumes,
  branchInterfaces,
}: InstanceResources): InstanceResources => ({
  vcpu,
  memoryMiB,
  architecture,
  enis,
  ipsPerEni,
  gpus,
  volumes,
  branchInterfaces,
});

test('more than a hundred types are known, of every common kind', () => {
  const names = allSpecs().map(({ name }) => name);
  expect(names.length).toBeGreaterThan(100);
  expect(names).toEqual(
    expect.arrayContaining(['t3.medium', 'm5.large', 'm7g.large', 'c7i.xlarge', 'r8g.large', 'g5.xlarge']),
  );
});

test.each([
  [
    't3.medium',
    { cpu: 1930, memory: 3246, pods: 17, ephemeralStorage: 71 * 1024, volumes: 25, gpus: 0, branchInterfaces: 0 },
  ],
  [
    'm5.large',
    { cpu: 1930, memory: 6903, pods: 29, ephemeralStorage: 71 * 1024, volumes: 25, gpus: 0, branchInterfaces: 9 },
  ],
  [
    'm7g.large',
    { cpu: 1930, memory: 6844, pods: 29, ephemeralStorage: 71 * 1024, volumes: 25, gpus: 0, branchInterfaces: 9 },
  ],
  // volumes have attachments of their own
  [
    'm7i.xlarge',
    { cpu: 3920, memory: 14162, pods: 58, ephemeralStorage: 71 * 1024, volumes: 31, gpus: 0, branchInterfaces: 18 },
  ],
  [
    'g5.xlarge',
    { cpu: 3920, memory: 14162, pods: 58, ephemeralStorage: 71 * 1024, volumes: 23, gpus: 1, branchInterfaces: 4 },
  ],
])('a node of %s', (name, expected) => {
  expect(allocatable(InstanceType.of(name))).toEqual(expected);
});

test('a smaller root volume leaves less for scratch files', () => {
  // 20 GiB less one for the kubelet and a tenth before eviction
  expect(allocatable(InstanceType.of('m5.large'), 20).ephemeralStorage).toBe(17 * 1024);
});

describe('of the nodes of a group', () => {
  const managed = (group: Partial<ManagedNodeGroup>) => has({ managedNodeGroups: [{ name: 'workers', ...group }] });
  const selfManaged = (group: Partial<NodeGroup>) => has({ nodeGroups: [{ name: 'workers', ...group }] });
  const has = (groups: Partial<ClusterConfig>) => {
    const metadata = { name: 'prod', region: 'us-west-2' };
    const config = { apiVersion: 'eksctl.io/v1alpha5', kind: 'ClusterConfig', metadata, ...groups } as const;
    return groupAllocatable(resolvedNodeGroups(config)[0]!, knownInstanceSpec);
  };

  test('EKS runs at most 110 pods on a managed node with fewer than 30 vCPU, at most 250 on others', () => {
    expect(managed({ instanceType: 'm5.4xlarge' })?.pods).toBe(110);
    expect(managed({ instanceType: 'm5.24xlarge' })?.pods).toBe(250);
    expect(selfManaged({ instanceType: 'm5.4xlarge' })?.pods).toBe(234);
  });

  test('maxPodsPerNode decides the pods as far as there are addresses, and leaves the memory', () => {
    const many = { managedNodeGroups: [{ name: 'workers', instanceType: 'm5.large', maxPodsPerNode: 110 }] };
    const values = '{"env":{"ENABLE_PREFIX_DELEGATION":"true"}}';
    expect(has(many)).toMatchObject({ pods: 29, memory: 6903 });
    expect(has({ ...many, addons: [{ name: 'vpc-cni', configurationValues: values }] })).toMatchObject({ pods: 110 });
    expect(has({ ...many, kubernetesNetworkConfig: { ipFamily: 'IPv6' } })).toMatchObject({ pods: 110 });
    expect(has({ ...many, addonsConfig: { disableDefaultAddons: true } })).toMatchObject({ pods: 110 });
    expect(managed({ instanceType: 'm5.large', maxPodsPerNode: 8 })).toMatchObject({ pods: 8, memory: 6903 });
  });

  test('of several types the least counts, in each resource', () => {
    expect(managed({ instanceTypes: ['m5.large', 'c5.xlarge'] })).toMatchObject({ cpu: 1930, memory: 6584, pods: 29 });
  });

  test('Bottlerocket has its system on a volume of its own', () => {
    expect(managed({ instanceType: 'm5.large', amiFamily: 'Bottlerocket' })?.volumes).toBe(24);
  });

  test('nothing is known when a type is not', () => {
    expect(managed({ instanceTypes: ['m5.large', 'm9.large'] })).toBeUndefined();
    expect(managed({ launchTemplate: { id: 'lt-00000001' } })).toBeUndefined();
  });
});

describe('InstanceType', () => {
  const props = { name: 'm9g.large', vcpu: 2, memoryMiB: 8192, enis: 3, ipsPerEni: 10 };

  test('of an unknown name is refused, with InstanceType.custom as the fix', () => {
    expect(findingsOf(() => InstanceType.of('m19g.large'))).toEqual([
      expect.objectContaining({
        rule: 'props/unsupported',
        field: 'name',
        fix: expect.stringContaining("InstanceType.custom({ name: 'm19g.large'"),
      }),
    ]);
  });

  test('a custom one has the architecture of its name, no GPU and 25 volumes unless told', () => {
    expect(InstanceType.custom(props)).toMatchObject({
      ...props,
      architecture: 'arm64',
      gpus: 0,
      volumes: 25,
      branchInterfaces: 0,
    });
    const told = { architecture: 'amd64', gpus: 2, volumes: 10, branchInterfaces: 12 } as const;
    expect(InstanceType.custom({ ...props, ...told })).toMatchObject(told);
  });

  test('a custom one wins over a known one of its name', () => {
    const own = InstanceType.custom({ ...props, name: 'm5.large', vcpu: 8 });
    expect(specsWith([own])('m5.large')!.vcpu).toBe(8);
    expect(specsWith()('m5.large')!.vcpu).toBe(2);
  });

  test.each([
    [{ vcpu: 0 }, 'props/invalid', 'vcpu'],
    [{ memoryMiB: 8 }, 'props/invalid', 'memoryMiB'],
    [{ enis: 1.5 }, 'props/invalid', 'enis'],
    [{ ipsPerEni: 1 }, 'props/invalid', 'ipsPerEni'],
    [{ gpus: -1 }, 'props/invalid', 'gpus'],
    [{ volumes: -1 }, 'props/invalid', 'volumes'],
    [{ branchInterfaces: -1 }, 'props/invalid', 'branchInterfaces'],
    [{ architecture: 'x86' }, 'props/unsupported', 'architecture'],
    [{ name: 'large' }, 'props/invalid', 'name'],
    [{ memory: 8192 }, 'props/unknown', 'memory'],
  ])('%j is refused', (more, rule, field) => {
    expect(refusedBy(() => InstanceType.custom({ ...props, ...more } as typeof props))).toEqual([rule, field]);
  });
});
