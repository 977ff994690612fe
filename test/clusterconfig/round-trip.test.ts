import * as fs from 'node:fs';
import * as path from 'node:path';
import { Cluster, ClusterConfig, type ClusterProps } from 'cdk8s-eks-patterns';
import { REPOSITORY } from '../app/support';
import { PROGRAMS } from '../golden/programs';
import { synthesize, testApp } from './support';

const FILES = PROGRAMS.flatMap(({ dist }) => {
  const folder = path.join(REPOSITORY, dist, 'cluster');
  return fs.readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [path.join(dist, 'cluster', name)] : []));
});

test('there are files', () => {
  expect(FILES.length).toBeGreaterThan(8);
});

test.each(FILES)('%s, brought along as a file of one’s own, is made again as it is', (file) => {
  const own = ClusterConfig.parse(fs.readFileSync(path.join(REPOSITORY, file), 'utf8'));
  const { name, region, version } = own.metadata;
  const app = testApp();
  const cluster = new Cluster(app, name, { region, version, config: own } as ClusterProps);
  const { config, errors } = synthesize(app, cluster);
  expect(errors).toEqual([]);
  const byName = (list: readonly { name: string }[]) => [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
  expect({ ...config, addons: byName(config.addons) }).toEqual({ ...own, addons: byName(own.addons ?? []) });
});
