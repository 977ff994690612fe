import type { Finding } from '../../../eksctl/finding';
import { ClusterConfig } from '../../../eksctl/schema/cluster-config';
import { ConfigError } from '../../../eksctl/schema/config-error';
import { partsOf } from '../../../eksctl/schema/lines';

const TEXT = `# a comment
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata:
  name: demo
  region: us-west-2
  version: "1.35"
autoModeConfig: { enabled: false }
vpc:
  publicAccessCIDRs:
    - 203.0.113.0/24
    - 203.0.113.7
managedNodeGroups:
  - name: a
    spott: true
    labels:
      kubernetes.io/role: web
  - &b
    name: b
    volumeSize: 10
  - *b
`;

const linesOf = (findings: readonly Finding[]) =>
  Object.fromEntries(findings.map(({ rule, field = '', file }) => [`${rule} ${field}`, file?.line]));

test('each finding in a text has the line of its field, or of the nearest parent', () => {
  const findings = ClusterConfig.checkText(TEXT, 'prod/cluster.yaml');
  expect(linesOf(findings)).toEqual({
    'L1 managedNodeGroups[0].spott': 15,
    'A12b vpc.publicAccessCIDRs[1]': 12,
    'A7b managedNodeGroups[2].name': 19,
    "N10c managedNodeGroups[0].labels['kubernetes.io/role']": 17,
    'X111 managedNodeGroups[1].volumeSize': 20,
    'X111 managedNodeGroups[2].volumeSize': 20,
  });
  expect(new Set(findings.map(({ file }) => file?.path))).toEqual(new Set(['prod/cluster.yaml']));
});

test('one misspelt key does not hide the other errors of parse, which have their lines, too', () => {
  let error: unknown;
  try {
    ClusterConfig.parse(TEXT, 'cluster.yaml');
  } catch (e) {
    error = e;
  }
  expect(error).toBeInstanceOf(ConfigError);
  const { findings } = error as ConfigError;
  expect(linesOf(findings)).toEqual(expect.objectContaining({ 'A12b vpc.publicAccessCIDRs[1]': 12 }));
  expect(findings[0]).toEqual(expect.objectContaining({ file: { path: 'cluster.yaml', line: 15 } }));
});

test.each([
  ["a[0].b['c.d/e'].f", ['a', 0, 'b', 'c.d/e', 'f']],
  ['labels["it\'s"]', ['labels', "it's"]],
  ['', []],
])('the path %j has the parts %j', (path, parts) => {
  expect(partsOf(path)).toEqual(parts);
});
