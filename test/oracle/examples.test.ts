import * as fs from 'node:fs';
import * as path from 'node:path';
import { ClusterConfig } from '../../eksctl/schema/cluster-config';
import { verdicts } from './oracle';

const REPOSITORY = path.resolve(__dirname, '../..');

/** The ClusterConfigs that are committed: that of main.ts and those of the examples. */
function committed(): { file: string; yaml: string }[] {
  const examples = fs.readdirSync(path.join(REPOSITORY, 'examples')).map((name) => path.join('examples', name));
  const folders = ['.', ...examples].map((folder) => path.join(folder, 'dist/cluster'));
  return folders
    .filter((folder) => fs.existsSync(path.join(REPOSITORY, folder)))
    .flatMap((folder) => fs.readdirSync(path.join(REPOSITORY, folder)).map((name) => path.join(folder, name)))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => ({ file, yaml: fs.readFileSync(path.join(REPOSITORY, file), 'utf8') }));
}

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
