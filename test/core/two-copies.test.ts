import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import type * as Library from '../../charts';
import type { PropsError } from '../../charts/core/errors';
import { REPOSITORY } from '../app/support';
import { temporaryFolder, webProps } from '../support/app';

/** Another copy of the library, as npm nests one below a package that needs another version: one file, as it is published. */
let second: typeof Library;
beforeAll(() => {
  second = copyOf('0.0.9');
});

function copyOf(version: string): typeof Library {
  const folder = path.join(temporaryFolder(), 'second', 'cdk8s-eks-patterns');
  buildSync({
    entryPoints: [path.join(REPOSITORY, 'charts', 'index.ts')],
    outfile: path.join(folder, 'charts', 'index.js'),
    bundle: true,
    platform: 'node',
    packages: 'external',
  });
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'cdk8s-eks-patterns', version }));
  // both find one cdk8s, as it is a peer dependency
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules'), path.join(folder, 'node_modules'));
  return require(path.join(folder, 'charts'));
}

test('a second copy of the library in one app is refused by name, with both versions', () => {
  const first: typeof Library = require('../../charts');
  expect(second.WebService).not.toBe(first.WebService);

  const app = new first.EksApp({ outdir: temporaryFolder() });
  const cluster = new first.Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', autoMode: true });
  const tenant = new first.Tenant(cluster, 'shop');
  let error: PropsError | undefined;
  try {
    new second.WebService(tenant as never, 'web', webProps as never);
  } catch (e) {
    error = e as PropsError;
  }
  expect(error?.findings.map(({ rule, construct }) => ({ rule, construct }))).toEqual([
    { rule: 'app/two-copies', construct: 'prod/shop/web' },
  ]);
  expect(error?.message).toContain('0.0.9 in ');
  expect(error?.message).toContain('npm ls cdk8s-eks-patterns');
});

test('two copies in two apps of one program are no matter', () => {
  const app = new second.EksApp({ outdir: temporaryFolder() });
  const cluster = new second.Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', autoMode: true });
  const probes = { readiness: second.Probe.http('/readyz'), liveness: second.Probe.http('/livez') };
  expect(() => new second.WebService(new second.Tenant(cluster, 'shop'), 'web', { ...webProps, probes })).not.toThrow();
});
