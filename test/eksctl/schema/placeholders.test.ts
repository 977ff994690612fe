import { ClusterConfig } from '../../../eksctl/schema/cluster-config';
import { ConfigError } from '../../../eksctl/schema/config-error';

const HEAD = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
autoModeConfig: { enabled: false }
`;
const metadata = (fields: string) =>
  `${HEAD}metadata: { name: demo, region: us-west-2, version: "1.35", ${fields} }\nvpc: { publicAccessCIDRs: [203.0.113.0/24] }\n`;
const VPC = (fields: string) =>
  `${HEAD}metadata: { name: demo, region: us-west-2, version: "1.35" }\nvpc: { publicAccessCIDRs: [203.0.113.0/24], ${fields} }\n`;
/** As 'rule severity field'. */
const found = (text: string) =>
  ClusterConfig.checkText(text, 'c.yaml').map(({ rule, severity, field }) => `${rule} ${severity} ${field}`);

describe('a placeholder is one finding', () => {
  test.each([
    ['${CLUSTER_NAME}', 'L1d'],
    ['$CLUSTER_NAME', 'L1d'],
    ['"{{ .Values.name }}"', 'L1d'],
    ['{{ .name }}', 'L1'],
    ['{{name}}', 'L1'],
    ['<cluster-name>', 'L1d'],
    ['<%= name %>', 'L1d'],
    ['{name}', 'L1'],
    ['CLUSTER_NAME', 'L1d'],
    ['__CLUSTER_NAME__', 'L1d'],
    ["'@@CLUSTER@@'", 'L1d'],
  ])('in the name: %s', (name, rule) => {
    const text = `${HEAD}metadata:\n  name: ${name}\n  region: us-west-2\n  version: "1.35"\nvpc: { publicAccessCIDRs: [203.0.113.0/24] }\nmanagedNodeGroups: [{ name: a }]\n`;
    expect(found(text)).toEqual([`${rule} error metadata.name`]);
  });

  test('in the region, without a word about the zones', () => {
    const text = `${HEAD}metadata: { name: demo, region: $AWS_REGION, version: "1.35" }\nvpc: { publicAccessCIDRs: [203.0.113.0/24] }\navailabilityZones: [us-west-2a, us-west-2b]\n`;
    expect(found(text)).toEqual(['L1d error metadata.region']);
  });

  test.each([
    ['id: vpc-xxxxxxxx, subnets: { private: { a: { id: subnet-0a1b2c3d }, b: { id: subnet-0a1b2c3e } } }', 'vpc.id'],
    [
      'subnets: { private: { us-west-2a: { id: subnet-REPLACE }, us-west-2b: { id: subnet-0a1b2c3d } } }',
      'vpc.subnets.private.us-west-2a.id',
    ],
    ['sharedNodeSecurityGroup: <security-group>', 'vpc.sharedNodeSecurityGroup'],
  ])('in an id: %s', (fields, field) => {
    expect(found(VPC(fields))).toEqual([`L1d error ${field}`]);
  });

  test('in an ARN, which eksctl reads itself', () => {
    const text = `${VPC('nat: { gateway: Single }')}accessConfig: { accessEntries: [{ principalARN: "<role>" }] }\n`;
    expect(found(text)).toEqual(['L1 error accessConfig.accessEntries[0].principalARN']);
  });

  test('in a list of subnets, without a word about those that are missing', () => {
    const text = `${VPC('nat: { gateway: Single }')}managedNodeGroups: [{ name: a, subnets: ["<private-subnet1>", "<private-subnet2>"] }]\n`;
    expect(found(text)).toEqual([
      'L1d error managedNodeGroups[0].subnets[0]',
      'L1d error managedNodeGroups[0].subnets[1]',
    ]);
  });

  test('where a list, a number or an object is needed', () => {
    const text = `${metadata('tags: { a: b }')}availabilityZones: {{ .zones }}\nmanagedNodeGroups: [{ name: a, minSize: {{ .min }} }]\niam: {{ toYaml .iam }}\n`;
    expect(found(text)).toEqual([
      'L1 error availabilityZones',
      'L1 error managedNodeGroups[0].minSize',
      expect.stringMatching(/^L1d? error iam$/),
    ]);
  });

  test.each(['AWS_REGION', 'REGION', '<region>'])('in the region: %s', (region) => {
    const text = `${HEAD}metadata: { name: demo, region: ${region}, version: "1.35" }\nvpc: { publicAccessCIDRs: [203.0.113.0/24] }\n`;
    expect(found(text)).toEqual(['L1d error metadata.region']);
  });

  test.each(['XXXXXXXXXXXX', 'ACCOUNT_ID', '$ACCOUNT', '<account>'])('in the account of an ARN: %s', (account) => {
    const text = `${VPC('nat: { gateway: Single }')}accessConfig: { accessEntries: [{ principalARN: "arn:aws:iam::${account}:role/admin" }] }\n`;
    expect(found(text)).toEqual(['L1d error accessConfig.accessEntries[0].principalARN']);
  });

  test('that may be meant is a warning', () => {
    expect(found(metadata('tags: { owner: CHANGEME }'))).toEqual(['L1d warning metadata.tags.owner']);
  });

  test('beside other findings', () => {
    const text = `${metadata('tags: { owner: $USER }')}availabilityZones: [us-west-2a]\n`;
    expect(found(text)).toEqual(['L1d error metadata.tags.owner', 'A10 error availabilityZones']);
  });
});

describe('no placeholder', () => {
  test.each([
    [
      'a variable of IAM',
      'iam: { serviceAccounts: [{ metadata: { name: a, namespace: b }, attachPolicy: { Resource: "${aws:username}" } }], withOIDC: true }',
    ],
    ['a script', 'managedNodeGroups: [{ name: a, preBootstrapCommands: ["echo ${HOME} $USER"] }]'],
    [
      'a template of EKS',
      'accessConfig: { accessEntries: [{ principalARN: "arn:aws:iam::111122223333:role/a", kubernetesUsername: "admin:{{SessionName}}" }] }',
    ],
    ['an expression', 'managedNodeGroups: [{ name: a, instanceSelector: { vCPUs: 2, memory: "4", allow: "^m5$" } }]'],
    ['a name with letters of such a word', 'managedNodeGroups: [{ name: replaced-todos }]'],
  ])('is %s', (_, section) => {
    expect(found(`${metadata('tags: { a: b }')}${section}\n`)).toEqual([]);
  });
});

describe('a template that is not YAML', () => {
  const text = `${HEAD}metadata:\n  name: {{ .name }}-cluster\n  region: us-west-2\n`;

  test('is called a placeholder, with its line', () => {
    const [finding] = ClusterConfig.checkText(text, 'c.yaml');
    expect(finding).toEqual(expect.objectContaining({ rule: 'L1', file: { path: 'c.yaml', line: 5 } }));
    expect(finding!.message).toContain("'{{ .name }}'");
  });
});

test('reading a template prints no warning of Node.js', () => {
  const warning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  try {
    ClusterConfig.checkText(`${HEAD}metadata: { name: {{ .name }}, region: us-west-2 }\n`, 'c.yaml');
    expect(warning).not.toHaveBeenCalled();
  } finally {
    warning.mockRestore();
  }
});

test('parse throws for what is certainly one', () => {
  expect(() => ClusterConfig.parse(metadata('tags: { owner: $USER }'))).toThrow(ConfigError);
  expect(() => ClusterConfig.parse(metadata('tags: { owner: CHANGEME }'))).not.toThrow();
});
