import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { EksApp } from '../../charts/app/eks-app';
import { Cluster } from '../../charts/cluster/cluster';
import type { ClusterProps } from '../../charts/cluster/props';
import { SynthesisError } from '../../charts/core/errors';
import { Requirements } from '../../charts/core/requirements';
import { LIST } from '../../charts/core/synthesis/own-files';
import { AUTO, BASE, because, GROUP, NODES } from './support';

const outdir = mkdtempSync(join(tmpdir(), 'clusterconfig-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The files of a cluster in a folder of their own, by path. */
function files(name: string, build: (app: EksApp) => void): Record<string, string> {
  const app = new EksApp({ outdir: join(outdir, name) });
  build(app);
  app.synth();
  const paths = readdirSync(app.outdir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== LIST,
  );
  return Object.fromEntries(
    paths
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(app.outdir.length + 1), readFileSync(path, 'utf8')]),
  );
}

beforeEach(() => {
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => jest.restoreAllMocks());

describe('the files of a cluster', () => {
  test.each<[string, ClusterProps]>([
    ['node-groups', NODES],
    ['auto-mode', AUTO],
  ])('of %s: cluster-scoped objects above, ClusterConfig and steps in a folder', (name, props) => {
    const written = files(name, (app) => new Cluster(app, 'prod', props));
    expect(Object.keys(written)).toEqual(['_cluster.k8s.yaml', 'cluster/prod.md', 'cluster/prod.yaml']);
    expect(written['cluster/prod.yaml']).toMatch(/^apiVersion: eksctl\.io\/v1alpha5\nkind: ClusterConfig\n/);
    expect(written['cluster/prod.yaml']).toContain('version: "1.35"');
    expect(written['cluster/prod.yaml']).not.toMatch(/^---|labels:|namespace:/m);
    expect(written['_cluster.k8s.yaml']).not.toContain('ClusterConfig');
    expect(written['cluster/prod.md']).toContain('eksctl create cluster -f cluster/prod.yaml');
  });

  test('of an existing cluster: no ClusterConfig', () => {
    const written = files('existing', (app) => Cluster.existing(app, 'prod', BASE));
    expect(Object.keys(written)).toEqual(['_cluster.k8s.yaml', 'cluster/prod.md']);
  });

  test('do not depend on the order of the workloads', () => {
    const order = (name: string, ...ids: string[]) =>
      files(name, (app) => {
        new Cluster(app, 'prod', { ...BASE, nodeGroups: [{ ...GROUP, maxSize: 4 }] });
        for (const id of ids) {
          Requirements.add(new Chart(app, id), Requirements.addon(`addon-${id}`, because));
          Requirements.add(new Chart(app, `${id}2`), Requirements.feature('load-balancer', because));
        }
      });
    expect(order('ab', 'a', 'b')).toEqual(order('ba', 'b', 'a'));
  });

  test('are not written when an edit is wrong, which is reported once', () => {
    const app = new EksApp({ outdir: join(outdir, 'edit') });
    const edit = (() => ({})) as unknown as () => void;
    new Cluster(app, 'prod', { ...NODES, customize: { clusterConfig: edit } });
    let thrown: unknown;
    try {
      app.synth();
    } catch (e) {
      thrown = e;
    }
    expect(thrown).toBeInstanceOf(SynthesisError);
    expect((thrown as SynthesisError).findings.map(({ rule, construct }) => [rule, construct])).toEqual([
      ['props/invalid', 'prod/ClusterConfig/ClusterConfig'],
    ]);
  });

  test('are not written when a requirement is not met', () => {
    const app = new EksApp({ outdir: join(outdir, 'failing') });
    new Cluster(app, 'prod', NODES);
    Requirements.add(
      new Chart(app, 'shop'),
      Requirements.architecture('arm64', because),
      Requirements.zones(4, because),
    );
    expect(() => app.synth()).toThrow(SynthesisError);
    expect(() => readdirSync(app.outdir)).toThrow(/ENOENT/);
    try {
      app.synth();
    } catch (e) {
      expect((e as SynthesisError).errors).toHaveLength(2);
    }
  });
});
