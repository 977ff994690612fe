import { text } from './claims';

/** What the README promises first: the page that shows it, and the tests without which it must not be promised. */
const PROMISES: readonly (readonly [promise: string, page: string, proofs: Readonly<Record<string, string>>])[] = [
  [
    'No 502 on rollouts.',
    'docs/web-service.md#rollouts-without-5xx-errors',
    {
      'test/network/expose.test.ts': 'lets go of a pod before the pod lets go: delay = sleep + drain',
      'test/workloads/web-service.test.ts': 'rolls without losing a pod',
    },
  ],
  [
    'Upgrades that do not hang on budgets.',
    'docs/upgrading.md#a-clusters-version',
    {
      'test/cluster/drain.test.ts': 'each drain ends',
      'test/scaling/scaling.test.ts': 'one pod may be missing, also one that is broken',
    },
  ],
  [
    'Volumes that stay in their zone.',
    'docs/workshop/06-data.md#what-to-observe',
    {
      'test/cluster/stateful-storage.test.ts':
        'each member has a claim of its own, bound to an encrypted volume that is kept, in the zone of its node',
      'test/cluster/zone-loss.test.ts': 'members return to their claims when the zone is back',
    },
  ],
  [
    'Policies that do not cut DNS.',
    'docs/connections.md#what-is-opened-automatically',
    { 'test/network/given-back.test.ts': '%s: nothing is open but names' },
  ],
  [
    'YAML that GitOps can take.',
    'docs/gitops.md',
    {
      'test/programs/determinism.test.ts':
        'in another process, folder, time zone and language, on another day and by another user: the same bytes',
      'test/scaling/scaling.test.ts': 'the Deployment has no number of its own, which every apply would bring back',
      'test/cluster/delivery.test.ts': 'the count of an autoscaler stays, and a second apply changes nothing',
    },
  ],
];

const [intro] = text('README.md').split('\n## ');
const lines = intro!.split('\n').filter((line) => line.startsWith('- **'));

test('the README begins with them, in this order, before the quick start', () => {
  const bold = lines.map((line) => /^- \*\*(.*?)\*\*/.exec(line)![1]);
  expect(bold.slice(0, PROMISES.length)).toEqual(PROMISES.map(([promise]) => promise));
  expect(intro!.split('\n').length).toBeLessThanOrEqual(25);
});

test.each(PROMISES)('%s has one line, with the page that shows it, and tests', (promise, page, proofs) => {
  const line = lines.find((one) => one.startsWith(`- **${promise}** `));
  expect(line).toMatch(/\. \[[^\]]+\]\([^)]+\)\.$/);
  expect(line).toContain(`](${page})`);
  const missing = Object.entries(proofs).filter(([file, title]) => !text(file).includes(`'${title}'`));
  expect(missing).toEqual([]);
});
