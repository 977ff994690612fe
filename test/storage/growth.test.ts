import { growthPage } from '../../charts/storage/growth';
import { appOf, newApp, newCluster, newTenant, stateful, synth, web } from '../support/app';

const data = { mountPath: '/data', size: '20Gi' };
const several = { replicas: 2, memberPorts: [], order: 'Parallel' };

describe('the page on growing volumes', () => {
  it('has the commands of each set, with its claims and the sizes of the manifests', () => {
    const tenant = newTenant();
    const storage = [data, { mountPath: '/wal', size: '5Gi', name: 'wal' }];
    stateful({ ...several, firstOrdinal: 1, storage }, tenant);
    const page = synth(appOf(tenant)).files['volumes.md']!;
    const [, commands] = /^## shop\/store\n\n```sh\n([\s\S]*?)```/m.exec(page)!;
    const grown = (size: string) => `-p '{"spec":{"resources":{"requests":{"storage":"${size}"}}}}'`;
    expect(commands!.trim().split('\n')).toEqual([
      'kubectl -n shop delete statefulset store --cascade=orphan',
      'kubectl apply -f .',
      `kubectl -n shop patch pvc data-store-1 ${grown('20Gi')}`,
      `kubectl -n shop patch pvc data-store-2 ${grown('20Gi')}`,
      `kubectl -n shop patch pvc wal-store-1 ${grown('5Gi')}`,
      `kubectl -n shop patch pvc wal-store-2 ${grown('5Gi')}`,
      'kubectl -n shop get pvc data-store-1 data-store-2 wal-store-1 wal-store-2',
    ]);
  });

  it('is one for all sets of an app, sorted, without those that keep nothing', () => {
    const app = newApp();
    const cluster = newCluster(app);
    const tenant = newTenant({}, cluster);
    stateful({}, tenant, 'b');
    stateful({}, newTenant({}, cluster, 'other'), 'a');
    stateful({ storage: 'none' }, tenant, 'c');
    const page = synth(app).files['volumes.md']!;
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, title]) => title)).toEqual(['other/a', 'shop/b']);
  });

  it('has what an edit made of a set', () => {
    const edited = stateful({
      customize: {
        statefulSet: (set: { spec: { replicas: number } }) => {
          set.spec.replicas = 3;
        },
      },
    });
    expect(synth(appOf(edited)).files['volumes.md']).toContain('data-store-2');
  });

  it('is not there without volumes', () => {
    expect(synth(appOf(web())).files['volumes.md']).toBeUndefined();
    expect(growthPage([])).not.toContain('```');
  });
});
