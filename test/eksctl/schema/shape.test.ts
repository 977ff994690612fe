import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as yaml from 'yaml';
import { ClusterConfig } from '../../../eksctl/schema/cluster-config';
import { ConfigError } from '../../../eksctl/schema/config-error';
import { parseClusterConfig } from '../../../eksctl/schema/parse';
import { shapeFindings } from '../../../eksctl/schema/shape-findings';
import { REPOSITORY } from '../../app/support';
import { MINIMAL } from '../../oracle/cases/case';

const found = (config: object): string[] =>
  shapeFindings({ ...MINIMAL, ...config }).map(
    ({ rule, field = '', message, fix }) => `${rule} ${field}: ${message} -> ${fix}`,
  );

test('the least that eksctl takes has the shape of a ClusterConfig', () => {
  expect(found({})).toEqual([]);
});

describe('keys', () => {
  test('an unknown one is found at any depth, with the one that is most likely meant', () => {
    expect(found({ vcp: {}, managedNodeGroups: [{ name: 'a' }, { name: 'b', iam: { attachPolicyArn: [] } }] })).toEqual(
      [
        "L1 vcp: unknown key 'vcp' -> did you mean 'vpc'?",
        "L1 managedNodeGroups[1].iam.attachPolicyArn: unknown key 'attachPolicyArn' -> did you mean 'attachPolicyARNs'?",
      ],
    );
  });

  test('without one that is near, all are named', () => {
    expect(found({ zonalShiftConfig: { somewhere: true } })).toEqual([
      "L1 zonalShiftConfig.somewhere: unknown key 'somewhere' -> known are 'enabled'",
    ]);
  });

  test('labels and a namespace do not belong into metadata', () => {
    const metadata = { name: 'prod', region: 'us-west-2', labels: {}, namespace: 'x' };
    expect(found({ metadata }).map((line) => line.split(' -> ')[0])).toEqual([
      "L1 metadata.labels: unknown key 'labels'",
      "L1 metadata.namespace: unknown key 'namespace'",
    ]);
  });

  test('one in another case is found, though eksctl accepts it and drops it', () => {
    expect(found({ AvailabilityZones: ['us-west-2a'], managedNodeGroups: [{ Name: 'a' }] })).toEqual([
      "L1b AvailabilityZones: 'AvailabilityZones' is not spelt 'availabilityZones': eksctl lets it pass, and drops it without a word -> write 'availabilityZones'",
      "L1b managedNodeGroups[0].Name: 'Name' is not spelt 'name': eksctl lets it pass, and drops it without a word -> write 'name'",
    ]);
  });

  test('those of maps are free, and quoted where a dot would mislead', () => {
    expect(found({ managedNodeGroups: [{ name: 'a', labels: { 'example.com/pool': 3, Pool: 'x' } }] })).toEqual([
      "L1 managedNodeGroups[0].labels['example.com/pool']: the number 3 stands where text is needed -> write it in quotes: '3'",
    ]);
  });

  test('subnets and identity providers are looked into, though eksctl drops unknown keys there', () => {
    const vpc = { subnets: { private: { 'us-west-2a': { id: 'subnet-1', zone: 'a' } } } };
    const identityProviders = [{ type: 'oidc', name: 'a', clientID: 'b', issuerUrl: 'c' }];
    expect(found({ vpc, identityProviders }).map((line) => line.split(': ')[0])).toEqual([
      'L1b vpc.subnets.private.us-west-2a.zone',
      'L1b identityProviders[0].issuerUrl',
    ]);
  });

  test('undefined and null count as absent', () => {
    expect(found({ vpc: undefined, iam: null, managedNodeGroups: [{ name: 'a', ssh: null }] })).toEqual([]);
  });

  test('what is not there at all is found', () => {
    expect(
      shapeFindings({ apiVersion: 'eksctl.io/v1alpha4' }).map(({ rule, field: at, fix }) => [rule, at, fix]),
    ).toEqual([
      ['L1', 'kind', "write 'ClusterConfig'"],
      ['L2', 'metadata', "write its 'name' and 'region'"],
      ['L1', 'apiVersion', "write 'eksctl.io/v1alpha5'"],
    ]);
  });
});

describe('types', () => {
  test.each<[string, object, string, string]>([
    ['text', { metadata: { name: 'a', region: 1 } }, 'metadata.region', "'1'"],
    [
      'a whole number',
      { managedNodeGroups: [{ name: 'a', minSize: 2.5 }] },
      'managedNodeGroups[0].minSize',
      'such as 3',
    ],
    [
      'a whole number',
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
    ['true or false', { iam: { withOIDC: 'true' } }, 'iam.withOIDC', 'without quotes'],
    ['a list', { availabilityZones: 'us-west-2a' }, 'availabilityZones', "['us-west-2a']"],
    ['a list', { addons: { name: 'vpc-cni' } }, 'addons', 'behind a dash'],
    ['an object', { vpc: [] }, 'vpc', "'cidr'"],
    ['an object', { metadata: { name: 'a', region: 'b', tags: 'c' } }, 'metadata.tags', 'keys and values'],
    [
      'an object',
      { iam: { serviceAccounts: [{ attachPolicy: '{}' }] } },
      'iam.serviceAccounts[0].attachPolicy',
      'keys and values',
    ],
    [
      'a list or an object of texts',
      { nodeGroups: [{ name: 'a', taints: 'x' }] },
      'nodeGroups[0].taints',
      'NoSchedule',
    ],
  ])('%s is asked for: %j', (needed, config, at, fix) => {
    const findings = shapeFindings({ ...MINIMAL, ...config });
    expect(findings).toEqual([
      {
        rule: 'L1',
        severity: 'error',
        field: at,
        message: expect.stringMatching(new RegExp(`^the .* stands where ${needed} is needed$`)),
        fix: expect.stringContaining(fix),
      },
    ]);
  });

  test('taints of self-managed groups are a list or a map, those of managed ones a list', () => {
    const list = [{ key: 'a', value: 'b', effect: 'NoSchedule' }];
    const map = { a: 'b:NoSchedule' };
    const of = (managed: unknown, own: unknown) =>
      found({ managedNodeGroups: [{ name: 'a', taints: managed }], nodeGroups: [{ name: 'b', taints: own }] }).map(
        (line) => line.split(': ')[0],
      );
    expect(of(list, list)).toEqual([]);
    expect(of(map, map)).toEqual(['L1 managedNodeGroups[0].taints']);
    expect(of(list, [{ key: 1 }])).toEqual(['L1 nodeGroups[0].taints[0].key']);
    expect(of(list, { a: 1 })).toEqual(['L1 nodeGroups[0].taints.a']);
  });

  test('what eksctl parses as it reads the file must parse: ARNs, ranges of addresses, the kind of a provider', () => {
    const config = {
      accessConfig: { accessEntries: [{ principalARN: 'admin', accessPolicies: [{ policyARN: '' }] }] },
      autoModeConfig: { enabled: true, nodeRoleARN: 'role', permissionsBoundaryARN: 'arn:aws:iam::1:policy/a' },
      vpc: { cidr: '10.0.0.0', subnets: { public: { a: { cidr: '10.0.0.0/33' }, b: { cidr: '2001:db8::/64' } } } },
      identityProviders: [{ type: 'saml' }, {}],
    };
    expect(found(config).map((line) => line.split(' -> ')[0])).toEqual([
      "L1 accessConfig.accessEntries[0].principalARN: the text 'admin' is no ARN",
      "L1 accessConfig.accessEntries[0].accessPolicies[0].policyARN: the text '' is no ARN",
      "L1 autoModeConfig.nodeRoleARN: the text 'role' is no ARN",
      "L1 vpc.cidr: the text '10.0.0.0' is no range of addresses",
      "L1 vpc.subnets.public.a.cidr: the text '10.0.0.0/33' is no range of addresses",
      "L1 identityProviders[0].type: the text 'saml' is unknown here",
      "L1 identityProviders[1].type: 'identityProviders[1].type' is missing",
    ]);
  });

  test('words that only a rule knows are left to it', () => {
    expect(found({ upgradePolicy: { supportType: 'NONE' }, iam: { serviceRoleARN: 'role' } })).toEqual([]);
  });

  test('no list holds null', () => {
    const config = { nodeGroups: [null], addons: [{ name: 'a' }, null], availabilityZones: ['a', undefined, null] };
    expect(found(config).map((line) => line.split(': ')[0])).toEqual([
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

test('check looks at the shape first, then at the rules', () => {
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
