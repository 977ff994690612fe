import * as fs from 'node:fs';
import * as path from 'node:path';
import { AMI_FAMILIES } from '../../eks/ami-families';
import { allSpecs } from '../../eks/instance-specs';
import { EKSCTL_REGIONS } from '../../eks/regions';
import { LOG_RETENTION_DAYS } from '../../eks/versions';
import { REPOSITORY } from '../app/support';
import { compared, differs } from './compare';
import type { JsonObject } from './generator/template';

// What eksctl keeps in tables, asked value by value.

/** Our word and eksctl's on each config: how many it refuses, and those on which we differ. */
function asked(sections: readonly JsonObject[]) {
  const results = compared(
    sections.map((section) => ({
      apiVersion: 'eksctl.io/v1alpha5',
      kind: 'ClusterConfig',
      metadata: { name: 'prod', region: 'us-west-2', version: '1.32' },
      ...section,
    })),
  );
  const different = results.filter(differs).map(({ config, theirs }) => ({ config, errors: theirs.errors }));
  return { refused: results.filter(({ theirs }) => !theirs.ok).length, different };
}

const bothKinds = (group: JsonObject): JsonObject[] =>
  ['nodeGroups', 'managedNodeGroups'].map((section) => ({ [section]: [{ name: 'workers', ...group }] }));

test('every region there is, and many that there could be', () => {
  const areas = [
    'us',
    'eu',
    'ap',
    'ca',
    'sa',
    'af',
    'me',
    'il',
    'mx',
    'cn',
    'us-gov',
    'us-iso',
    'us-isob',
    'us-isof',
    'eu-isoe',
    'eusc-de',
  ];
  const directions = ['north', 'south', 'east', 'west', 'central', 'northeast', 'northwest', 'southeast', 'southwest'];
  const made = areas.flatMap((area) => directions.flatMap((way) => [1, 2, 3, 7].map((i) => `${area}-${way}-${i}`)));
  const regions = [...new Set([...EKSCTL_REGIONS, ...made])];
  const { refused, different } = asked(regions.map((region) => ({ metadata: { name: 'prod', region } })));
  expect(different).toEqual([]);
  expect(refused).toBe(regions.length - EKSCTL_REGIONS.length);
});

test('the numbers of days that logs may be kept, and those about them', () => {
  const about = LOG_RETENTION_DAYS.flatMap((days) => [days - 1, days, days + 1]);
  const days = [...new Set([-1, ...Array.from({ length: 40 }, (_, i) => i), ...about, 2192, 2557, 2922, 3288])];
  const { refused, different } = asked(
    days.map((logRetentionInDays) => ({
      cloudWatch: { clusterLogging: { enableTypes: ['api'], logRetentionInDays } },
    })),
  );
  expect(different).toEqual([]);
  // 0 means not set
  expect(refused).toBe(days.length - LOG_RETENTION_DAYS.length - 1);
});

test('every image family, however it is spelt, and those of other years', () => {
  const years = ['1804', '2004', '2019', '2022', '2023', '2025', '2404', '2604'];
  const others = AMI_FAMILIES.flatMap((family) => years.map((year) => family.replace(/\d+/, year)));
  const families = [...new Set([...AMI_FAMILIES, ...others])];
  const spelt = families.flatMap((family) => [family, family.toLowerCase(), family.toUpperCase()]);
  const { refused, different } = asked(spelt.flatMap((amiFamily) => bothKinds({ amiFamily })));
  expect(different).toEqual([]);
  expect(refused).toBe(6 * (families.length - AMI_FAMILIES.length));
});

/** One for each way in which eksctl treats types. */
const FAMILIES = ['AmazonLinux2', 'AmazonLinux2023', 'Ubuntu2404', 'WindowsServer2022FullContainer'];

describe('instance types', () => {
  // facts of EC2, which are no part of the repository
  const file = path.join(REPOSITORY, '..', 'shared', 'data', 'instance-types.jsonl');
  const present = fs.existsSync(file);
  // all of them are asked below; a tenth shows what differs where the facts of EC2 are missing
  const ours = allSpecs()
    .map(({ name }) => name)
    .filter((_, i) => i % 10 === 0);
  const all = present
    ? fs
        .readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).type as string)
    : [];
  const on = (types: readonly string[]) =>
    asked(FAMILIES.flatMap((amiFamily) => types.flatMap((instanceType) => bothKinds({ amiFamily, instanceType }))));

  test('that this library knows, on images of each kind', () => {
    expect(ours.length).toBeGreaterThan(50);
    expect(on(ours).different).toEqual([]);
  });

  (present ? test : test.skip)(
    `all of EC2, on images of each kind${present ? '' : ': not checked, the EC2 data is missing'}`,
    () => {
      const { refused, different } = on(all);
      expect(different).toEqual([]);
      expect(refused).toBeGreaterThan(300);
    },
  );
});

test('labels in every domain of Kubernetes', () => {
  const domains = [
    'kubernetes.io',
    'k8s.io',
    'node.kubernetes.io',
    'kubelet.kubernetes.io',
    'topology.kubernetes.io',
    'failure-domain.beta.kubernetes.io',
    'beta.kubernetes.io',
    'node-role.kubernetes.io',
    'node-restriction.kubernetes.io',
    'a.node.kubernetes.io',
    'a.kubelet.kubernetes.io',
    'a.k8s.io',
    'topology.ebs.csi.aws.com',
    'eks.amazonaws.com',
    'xkubernetes.io',
    'kubernetes.io.x',
  ];
  const names = ['os', 'arch', 'hostname', 'instance-type', 'zone', 'region', 'role', 'windows-build', 'x', ''];
  const labels = domains.flatMap((domain) => names.map((name) => `${domain}/${name}`));
  const { refused, different } = asked(labels.flatMap((label) => bothKinds({ labels: { [label]: 'x' } })));
  expect(different).toEqual([]);
  expect(refused).toBeGreaterThan(100);
});
