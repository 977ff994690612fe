import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse } from 'yaml';
import { committed } from './committed';
import { type Stack, type Template, templates } from './templates';

const REPOSITORY = path.resolve(__dirname, '../..');
const FOLDER = 'examples/delivery/cloudformation';
const PAGE = fs.readFileSync(path.join(REPOSITORY, 'docs/delivery.md'), 'utf8');

interface Config {
  readonly metadata: { readonly name: string; readonly version: string };
  readonly vpc?: { readonly id?: string };
  readonly privateCluster?: { readonly enabled?: boolean };
  readonly managedNodeGroups?: readonly Group[];
  readonly iam?: {
    readonly podIdentityAssociations?: readonly { readonly permissionPolicy?: { readonly Statement: object[] } }[];
  };
}
interface Group {
  readonly name: string;
  readonly instanceType?: string;
  readonly instanceTypes?: readonly string[];
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly labels?: { readonly [key: string]: string };
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
}

const files = committed();
const theirs = templates(files);
const configs = files.map(({ file, yaml }, i) => ({
  file,
  config: parse(yaml) as Config,
  stacks: theirs[i]!.stacks,
}));
const withOwnNetwork = configs.filter(({ config }) => config.vpc?.id === undefined);
const stack = (stacks: readonly Stack[], of: string): Template =>
  (stacks.find((candidate) => candidate.of === of) ?? { template: { Resources: {} } }).template;

test.each(theirs.map(({ file, errors }) => [file, errors] as const))('eksctl builds every stack of %s', (_, errors) => {
  expect(errors).toEqual([]);
});

describe('templates of the delivery example', () => {
  const imports = fs
    .readdirSync(path.join(REPOSITORY, FOLDER))
    .flatMap((name) =>
      [...fs.readFileSync(path.join(REPOSITORY, FOLDER, name), 'utf8').matchAll(/ImportValue: !Sub (\S+)$/gm)].map(
        ([, value]) => value!,
      ),
    );

  test('import only what the stack of a cluster with a VPC of its own exports', () => {
    expect(imports).toHaveLength(3);
    expect(withOwnNetwork.length).toBeGreaterThan(30);
    for (const { config, stacks } of withOwnNetwork) {
      const names = exportsOf(stacks[0]!);
      for (const wanted of imports) {
        expect(names).toContain(wanted.replace(/\$\{Cluster\}/g, config.metadata.name));
      }
    }
  });

  test('admit the security group that the nodes of managed groups have', () => {
    const database = fs.readFileSync(path.join(REPOSITORY, FOLDER, 'database.yaml'), 'utf8');
    const [, source] = /SourceSecurityGroupId:\s+Fn::ImportValue: !Sub (\S+)/.exec(database)!;
    let groups = 0;
    for (const { config, stacks } of withOwnNetwork) {
      for (const { of, template } of stacks.filter(({ of: entry }) => entry.startsWith('managedNodeGroups['))) {
        groups += 1;
        const { SecurityGroupIds, NetworkInterfaces } = template.Resources.LaunchTemplate!.Properties
          .LaunchTemplateData as {
          SecurityGroupIds?: object[];
          NetworkInterfaces?: { Groups: object[] }[];
        };
        expect([of, SecurityGroupIds ?? NetworkInterfaces![0]!.Groups]).toEqual([
          of,
          expect.arrayContaining([{ 'Fn::ImportValue': source!.replace(/\$\{Cluster\}/g, config.metadata.name) }]),
        ]);
      }
    }
    expect(groups).toBeGreaterThan(40);
  });

  test('are told which exports there are', () => {
    const [, list] = /whose exports other templates import: (.*), and more/.exec(PAGE)!;
    const told = [...list!.matchAll(/`(\w+)`/g)].map(([, name]) => name!);
    expect(told.length).toBeGreaterThan(5);
    for (const { config, stacks } of withOwnNetwork) {
      const there = told.filter((name) => name !== 'SubnetsPublic' || !config.privateCluster?.enabled);
      expect(exportsOf(stacks[0]!)).toEqual(
        expect.arrayContaining(there.map((name) => `eksctl-${config.metadata.name}-cluster::${name}`)),
      );
    }
  });
});

describe.each(configs.map(({ file, config, stacks }) => [file, config, stacks] as const))('%s', (_, config, stacks) => {
  test('has its name and version in the template of the cluster', () => {
    expect(stack(stacks, 'cluster').Resources.ControlPlane!.Properties).toMatchObject({
      Name: config.metadata.name,
      Version: config.metadata.version,
    });
  });

  test('has its groups in templates, with types, sizes, labels and taints', () => {
    (config.managedNodeGroups ?? []).forEach((group, i) => {
      const properties = stack(stacks, `managedNodeGroups[${i}]`).Resources.ManagedNodeGroup!.Properties;
      expect(properties).toMatchObject({
        NodegroupName: group.name,
        InstanceTypes: group.instanceTypes ?? [group.instanceType],
        ScalingConfig: { MinSize: group.minSize, MaxSize: group.maxSize },
        Labels: group.labels ?? {},
      });
      expect(properties.Taints ?? []).toEqual((group.taints ?? []).map(taintOfEks));
    });
  });

  test('has the statements of its pods in the policies of their roles', () => {
    (config.iam?.podIdentityAssociations ?? []).forEach(({ permissionPolicy }, i) => {
      if (permissionPolicy !== undefined) {
        const policies = Object.values(stack(stacks, `iam.podIdentityAssociations[${i}]`).Resources)
          .filter(({ Type }) => Type === 'AWS::IAM::Policy')
          .map(({ Properties }) => Properties.PolicyDocument);
        expect(policies).toContainEqual(permissionPolicy);
      }
    });
  });
});

/** The names of a stack's exports, as other templates import them. */
function exportsOf({ name, template }: Stack): string[] {
  return Object.values(template.Outputs ?? {}).flatMap(({ Export }) =>
    Export === undefined ? [] : [(Export.Name as { 'Fn::Sub': string })['Fn::Sub'].replace('${AWS::StackName}', name)],
  );
}

const EFFECTS: { readonly [effect: string]: string } = {
  NoSchedule: 'NO_SCHEDULE',
  NoExecute: 'NO_EXECUTE',
  PreferNoSchedule: 'PREFER_NO_SCHEDULE',
};

function taintOfEks({ key, value, effect }: NonNullable<Group['taints']>[number]): object {
  return { Key: key, Value: value ?? '', Effect: EFFECTS[effect] };
}
