import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Cluster, Tenant } from 'cdk8s-eks-patterns';
import { loadInventory } from '../../../review/load';
import { plan } from '../../../review/plan/plan';
import { REPOSITORY } from '../../app/support';
import type { Edit } from '../../cluster/upgrades/edit';
import { THEMES } from '../../cluster/upgrades/themes';
import { appOf, type Manifest, newCluster, synth } from '../../support/app';
import { planWords } from '../../support/plan-words';
import { NEWEST } from '../../support/supported-versions';
import { renderPage } from '../../support/upgrade-page';

const PAGE = path.join(REPOSITORY, 'docs/upgrade-table.md');

function written({ before, after }: Edit, which: 'before' | 'after'): readonly Manifest[] {
  const cluster: Cluster = newCluster();
  (which === 'before' ? before : after)({
    cluster,
    tenant: (props = {}, suffix = '') => new Tenant(cluster, `shop${suffix}`, props),
  });
  return synth(appOf(cluster)).manifests;
}

const inventory = (manifests: readonly Manifest[]) => loadInventory(manifests.map((value) => ({ value, origin: {} })));

test('the page is what plans say of the edits', () => {
  const words = new Map(
    THEMES.flatMap(({ edits }) => edits).map((edit) => {
      const before = written(edit, 'before');
      const said = plan(inventory(before), inventory(written(edit, 'after')), { kubernetesVersion: NEWEST });
      return [edit, planWords(said, before)] as const;
    }),
  );
  const page = renderPage(THEMES, words);
  if (process.env.UPDATE_DOCS === '1') {
    fs.writeFileSync(PAGE, page);
  }
  expect(fs.readFileSync(PAGE, 'utf8')).toBe(page);
});
