import * as path from 'node:path';
import { environmentApp, environments, teams } from '../../examples/environments/environment';
import { type Manifest, synth, temporaryFolder } from '../support/app';

const made = new Map(
  Object.keys(environments).map((name) => {
    return [name, synth(environmentApp(name, path.join(temporaryFolder(), name)))] as const;
  }),
);
const of = (name: string) => made.get(name)!;
const keyOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`;

describe.each(Object.keys(environments))('%s', (name) => {
  const { manifests, files, warnings, clusterConfig } = of(name);

  test('has every team in a file of its own, and a cluster of its own', () => {
    expect(teams).toHaveLength(30);
    expect(Object.keys(files).filter((file) => file.startsWith('team-'))).toEqual(
      teams.map((team) => `${team}.k8s.yaml`),
    );
    expect([clusterConfig!.metadata.name, clusterConfig!.metadata.tags]).toEqual([name, { environment: name }]);
    expect(warnings).toEqual([]);
  });

  test('has the policies once, whatever the number of teams', () => {
    expect(manifests.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')).toHaveLength(6);
    expect(manifests.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding')).toHaveLength(6);
  });

  test('names no account of another', () => {
    const text = Object.values(files).join('\n');
    const accounts = Object.entries(environments).filter(([other]) => other !== name);
    expect(accounts.filter(([, { account }]) => text.includes(account))).toEqual([]);
    expect(text).toContain(environments[name]!.account);
  });

  test('is the same a second time', () => {
    const again = synth(environmentApp(name, path.join(temporaryFolder(), name)));
    expect(again.files).toEqual(files);
  });
});

test('staging and production have the same objects, but for the autoscaler', () => {
  const keys = (name: string) =>
    of(name)
      .manifests.map(keyOf)
      .filter((key) => !key.startsWith('HorizontalPodAutoscaler '))
      .map((key) => key.replace(/ConfigMap (\S+)-env-\w+$/, 'ConfigMap $1-env'))
      .sort();
  expect(keys('staging')).toEqual(keys('prod'));
  const scaled = of('prod').manifests.filter(({ kind }) => kind === 'HorizontalPodAutoscaler');
  expect(scaled).toHaveLength(teams.length);
});

test('what differs of a workload is its image, its configuration and its size', () => {
  const deployment = (name: string): Manifest =>
    JSON.parse(
      JSON.stringify(of(name).manifests.find((one) => keyOf(one) === 'Deployment team-07/api'))
        .replaceAll(environments[name]!.account, 'ACCOUNT')
        .replaceAll(environments[name]!.tag, 'TAG')
        .replace(/api-env-\w+/g, 'api-env'),
    );
  const { replicas, ...staging } = deployment('staging').spec;
  expect(replicas).toBe(2);
  expect(staging).toEqual(deployment('prod').spec);
});

test('dev warns where the others deny', () => {
  const actions = Object.keys(environments).map((name) => {
    const { metadata } = of(name).manifests.find(({ kind }) => kind === 'Namespace')!;
    return metadata.labels['cdk8s-eks-patterns.io/admission'];
  });
  expect(actions).toEqual(['warn', 'deny', 'deny']);
});
