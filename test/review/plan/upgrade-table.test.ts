import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Cluster, Tenant } from 'cdk8s-eks-patterns';
import { loadInventory } from '../../../review/load';
import { plan } from '../../../review/plan/plan';
import { REPOSITORY } from '../../app/support';
import type { Edit } from '../../cluster/upgrades/edit';
import { jobs } from '../../cluster/upgrades/jobs';
import { classes, names } from '../../cluster/upgrades/names';
import { network } from '../../cluster/upgrades/network';
import { scaling } from '../../cluster/upgrades/scaling';
import { volumes } from '../../cluster/upgrades/volumes';
import { pods, spelling } from '../../cluster/upgrades/workloads';
import { appOf, type Manifest, newCluster, synth } from '../../support/app';
import { planWords, withFieldsOnly } from '../../support/plan-words';

const EDITS = [spelling, pods, scaling, network, volumes, jobs, names, classes].flatMap(({ edits }) => edits);

/** The rows of the page, which a control plane recorded; in the order of the edits, since names may repeat. */
const recorded = fs
  .readFileSync(path.join(REPOSITORY, 'docs/upgrade-table.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?!edit |--)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, edit, apply, is, left]) => withFieldsOnly({ edit, apply: apply!, pods: is, left }));

function written({ before, after }: Edit, which: 'before' | 'after'): readonly Manifest[] {
  const cluster: Cluster = newCluster();
  (which === 'before' ? before : after)({
    cluster,
    tenant: (props = {}, suffix = '') => new Tenant(cluster, `shop${suffix}`, props),
  });
  return synth(appOf(cluster)).manifests;
}

const inventory = (manifests: readonly Manifest[]) => loadInventory(manifests.map((value) => ({ value, origin: {} })));

test.each(EDITS.map((edit, i) => [edit.edit, edit, i] as const))('%s', (name, edit, i) => {
  const before = written(edit, 'before');
  const said = plan(inventory(before), inventory(written(edit, 'after')), { kubernetesVersion: '1.36' });
  expect({ edit: name, ...planWords(said, before) }).toEqual(recorded[i]);
});

test('every row of the page has its edit', () => {
  expect(recorded.map(({ edit }) => edit)).toEqual(EDITS.map(({ edit }) => edit));
});
