import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as yaml from 'yaml';
import { ClusterConfig } from '../../../eksctl/schema/cluster-config';
import { ConfigError } from '../../../eksctl/schema/config-error';
import { parseClusterConfig } from '../../../eksctl/schema/parse';
import { shapeFindings } from '../../../eksctl/schema/shape-findings';
import { REPOSITORY } from '../../app/support';
import { MINIMAL } from '../../oracle/cases/case';

const findings = (config: object) => shapeFindings({ ...MINIMAL, ...config });
/** As 'rule field'. */
const found = (config: object): string[] => findings(config).map(({ rule, field }) => `${rule} ${field}`);
const fixes = (config: object) => findings(config).map(({ fix }) => fix);

test('the least that eksctl takes has the shape of a ClusterConfig', () => {
  expect(found({})).toEqual([]);
});

describe('keys', () => {
  test('an unknown one is found at any depth, with the one that is most likely meant', () => {
    const config = { vcp: {}, managedNodeGroups: [{ name: 'a' }, { name: 'b', iam: { attachPolicyArn: [] } }] };
    expect(found(config)).toEqual(['L1 vcp', 'L1 managedNodeGroups[1].iam.attachPolicyArn']);
    expect(fixes(config)).toEqual(["did you mean 'vpc'?", "did you mean 'attachPolicyARNs'?"]);
  });

  test('several equally near ones are all named', () => {
    expect(fixes({ nodeGroups: [{ name: 'a', mixSize: 1 }] })).toEqual(["did you mean 'maxSize' or 'minSize'?"]);
  });

  test('without a near one, a short list of keys is named and a long one is not', () => {
    expect(fixes({ zonalShiftConfig: { somewhere: true } })).toEqual(["the only known key is 'enabled'"]);
    expect(fixes({ vpc: { nat: { x: 1 } } })).toEqual(["the only known key is 'gateway'"]);
    expect(fixes({ somewhere: true })[0]).not.toContain("'");
  });

  test('labels and a namespace do not belong into metadata', () => {
    const metadata = { name: 'prod', region: 'us-west-2', labels: {}, namespace: 'x' };
    expect(found({ metadata })).toEqual(['L1 metadata.labels', 'L1 metadata.namespace']);
  });

  test('one in another case is found, though eksctl accepts and ignores it', () => {
    const config = { AvailabilityZones: ['us-west-2a'], managedNodeGroups: [{ Name: 'a' }] };
    expect(found(config)).toEqual(['L1b AvailabilityZones', 'L1b managedNodeGroups[0].Name']);
    expect(fixes(config)).toEqual(["write 'availabilityZones'", "write 'name'"]);
  });

  test('those of maps are free, and quoted where a dot would mislead', () => {
    expect(found({ managedNodeGroups: [{ name: 'a', labels: { 'example.com/pool': 3, Pool: 'x' } }] })).toEqual([
      "L1 managedNodeGroups[0].labels['example.com/pool']",
    ]);
  });

  test('subnets and identity providers are checked, though eksctl ignores unknown keys there', () => {
    const vpc = { subnets: { private: { 'us-west-2a': { id: 'subnet-00000001', zone: 'a' } } } };
    const identityProviders = [{ type: 'oidc', name: 'a', clientID: 'b', issuerUrl: 'c' }];
    expect(found({ vpc, identityProviders })).toEqual([
      'L1b vpc.subnets.private.us-west-2a.zone',
      'L1b identityProviders[0].issuerUrl',
    ]);
  });

  test('undefined and null count as absent', () => {
    expect(found({ vpc: undefined, iam: null, managedNodeGroups: [{ name: 'a', ssh: null }] })).toEqual([]);
  });

  test('missing required ones are found', () => {
    expect(
      shapeFindings({ apiVersion: 'eksctl.io/v1alpha4' }).map(({ rule, field: at, fix }) => [rule, at, fix]),
    ).toEqual([
      ['L1', 'kind', "write 'ClusterConfig'"],
      ['L2', 'metadata', "set its 'name' and 'region'"],
      ['L1', 'apiVersion', "write 'eksctl.io/v1alpha5'"],
    ]);
  });
});

describe('types', () => {
  test.each<[string, object, string, string]>([
    ['a string', { metadata: { name: 'a', region: 1 } }, 'metadata.region', "'1'"],
    ['an integer', { managedNodeGroups: [{ name: 'a', minSize: 2.5 }] }, 'managedNodeGroups[0].minSize', 'such as 3'],
    [
      'an integer',
      { managedNodeGroups: [{ name: 'a', minSize: '2' }] },
      'managedNodeGroups[0].minSize',
      'write 2 without',
    ],
    [
      'a number',
      { nodeGroups: [{ instancesDistribution: { maxPrice: true } }] },
      'nodeGroups[0].instancesDistribution.maxPrice',
      'such as 3',
    ],
    ['a boolean', { iam: { withOIDC: 'true' } }, 'iam.withOIDC', 'without quotes'],
    ['a list', { availabilityZones: 'us-west-2a' }, 'availabilityZones', "['us-west-2a']"],
    ['a list', { addons: { name: 'vpc-cni' } }, 'addons', 'before each entry'],
    ['an object', { vpc: [] }, 'vpc', "'cidr'"],
    ['an object', { metadata: { name: 'a', region: 'b', tags: 'c' } }, 'metadata.tags', 'keys and values'],
    [
      'an object',
      { iam: { serviceAccounts: [{ attachPolicy: '{}' }] } },
      'iam.serviceAccounts[0].attachPolicy',
      'keys and values',
    ],
    [
      'a list or an object of strings',
      { nodeGroups: [{ name: 'a', taints: 'x' }] },
      'nodeGroups[0].taints',
      'NoSchedule',
    ],
  ])('%s is required: %j', (needed, config, at, fix) => {
    expect(findings(config)).toEqual([
      {
        rule: 'L1',
        severity: 'error',
        field: at,
        message: expect.stringMatching(new RegExp(`^must be ${needed}, but is the .*$`)),
        fix: expect.stringContaining(fix),
      },
    ]);
  });

  test('taints of self-managed groups are a list or a map, those of managed ones a list', () => {
    const list = [{ key: 'a', value: 'b', effect: 'NoSchedule' }];
    const map = { a: 'b:NoSchedule' };
    const of = (managed: unknown, own: unknown) =>
      found({ managedNodeGroups: [{ name: 'a', taints: managed }], nodeGroups: [{ name: 'b', taints: own }] });
    expect(of(list, list)).toEqual([]);
    expect(of(map, map)).toEqual(['L1 managedNodeGroups[0].taints']);
    expect(of(list, [{ key: 1 }])).toEqual(['L1 nodeGroups[0].taints[0].key']);
    expect(of(list, { a: 1 })).toEqual(['L1 nodeGroups[0].taints.a']);
  });

  test('what eksctl parses when it reads the file must be valid: ARNs, CIDR blocks, the type of a provider', () => {
    const config = {
      accessConfig: { accessEntries: [{ principalARN: 'admin', accessPolicies: [{ policyARN: '' }] }] },
      autoModeConfig: { enabled: true, nodeRoleARN: 'role', permissionsBoundaryARN: 'arn:aws:iam::1:policy/a' },
      vpc: { cidr: '10.0.0.0', subnets: { public: { a: { cidr: '10.0.0.0/33' }, b: { cidr: '2001:db8::/64' } } } },
      identityProviders: [{ type: 'saml' }, {}],
    };
    expect(found(config)).toEqual([
      'L1 accessConfig.accessEntries[0].principalARN',
      'L1 accessConfig.accessEntries[0].accessPolicies[0].policyARN',
      'L1 autoModeConfig.nodeRoleARN',
      'L1 vpc.cidr',
      'L1 vpc.subnets.public.a.cidr',
      'L1 identityProviders[0].type',
      'L1 identityProviders[1].type',
    ]);
  });

  test('values that only a rule knows are left to it', () => {
    expect(found({ upgradePolicy: { supportType: 'NONE' }, iam: { serviceRoleARN: 'role' } })).toEqual([]);
  });

  test('no list contains null', () => {
    const config = { nodeGroups: [null], addons: [{ name: 'a' }, null], availabilityZones: ['a', undefined, null] };
    expect(found(config)).toEqual([
      'L3 nodeGroups[0]',
      'L3 addons[1]',
      'L3b availabilityZones[1]',
      'L3b availabilityZones[2]',
    ]);
  });
});

test('ten mistakes are ten findings of one error', () => {
  const text = `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2, version: 1.35, owner: me }
AvailabilityZones: [us-west-2a]
vpc: { cidr: 10.0.0.0, nat: { gateway: Single, gateway: Disable } }
iam: { withOIDC: 'true' }
addons: [{ name: vpc-cni }, ]
managedNodeGroups:
  - { name: a, instancType: m5.large, labels: { pool: 1 } }
  -
accessConfig: { accessEntries: { principalARN: x } }
`;
  let error: ConfigError | undefined;
  try {
    parseClusterConfig(text);
  } catch (e) {
    error = e as ConfigError;
  }
  expect(error).toBeInstanceOf(ConfigError);
  expect(error!.findings.map(({ field: at }) => at)).toEqual([
    'vpc.nat.gateway',
    'metadata.version',
    'metadata.owner',
    'AvailabilityZones',
    'vpc.cidr',
    'iam.withOIDC',
    'managedNodeGroups[0].instancType',
    'managedNodeGroups[0].labels.pool',
    'managedNodeGroups[1]',
    'accessConfig.accessEntries',
  ]);
  expect(error!.message).toMatch(/^10 errors in the ClusterConfig:\n {2}- vpc\.nat\.gateway: /);
  expect(error!.message.split('\n')).toHaveLength(11);
  expect(error!.message).toContain(
    "managedNodeGroups[0].instancType: unknown key 'instancType'. Did you mean 'instanceType'? [L1]",
  );
});

test('check reports the shape first, then the rules', () => {
  const config = (changes: object) => ({ ...MINIMAL, ...changes }) as unknown as ClusterConfig;
  const rules = (changes: object) => ClusterConfig.check(config(changes)).map(({ rule }) => rule);
  expect(rules({ availabilityZones: ['us-west-2a'], addons: 3 }).slice(0, 2)).toEqual(['L1', 'A10']);
  expect(rules({ availabilityZones: ['us-west-2a'] })).toContain('A10');
});

describe('files of the repository', () => {
  const files = [
    'dist/cluster',
    ...readdirSync(path.join(REPOSITORY, 'examples')).map((name) => `examples/${name}/dist/cluster`),
  ]
    .map((folder) => path.join(REPOSITORY, folder))
    .flatMap((folder) => filesIn(folder).map((name) => path.join(folder, name)));

  test('there are some', () => {
    expect(files.length).toBeGreaterThan(3);
  });

  test.each(files.map((file) => path.relative(REPOSITORY, file)))('%s is read as any YAML parser reads it', (file) => {
    const text = readFileSync(path.join(REPOSITORY, file), 'utf8');
    expect(ClusterConfig.parse(text)).toEqual(yaml.parse(text));
  });
});

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  } catch {
    return [];
  }
}
