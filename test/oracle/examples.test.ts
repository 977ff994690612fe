import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { committed } from './committed';
import { verdicts } from './oracle';

const files = committed();
const theirs = verdicts(files);

test('there are ClusterConfigs to ask about', () => {
  expect(files.map(({ file }) => file)).toContain('dist/cluster/prod.yaml');
});

describe.each(files.map(({ file, yaml }, i) => [file, yaml, i] as const))('%s', (_, yaml, i) => {
  test('is accepted by eksctl, also by the checks that it asks only later', () => {
    expect({ errors: theirs[i]!.errors, extra: theirs[i]!.extra ?? [] }).toEqual({ errors: [], extra: [] });
  });

  test('has no error of ours', () => {
    const findings = ClusterConfig.check(ClusterConfig.parse(yaml));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
