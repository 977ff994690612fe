import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Manifest as PlanManifest } from '../../../../kube/objects';
import { applied } from '../../../../review/plan/verdict';
import { REPOSITORY } from '../../../app/support';
import type { Edit, Program } from '../../../cluster/upgrades/edit';
import { jobs } from '../../../cluster/upgrades/jobs';
import { classes, names } from '../../../cluster/upgrades/names';
import { network } from '../../../cluster/upgrades/network';
import { scaling } from '../../../cluster/upgrades/scaling';
import { volumes } from '../../../cluster/upgrades/volumes';
import { pods, spelling } from '../../../cluster/upgrades/workloads';
import { type Manifest, newApp, newCluster, newTenant, synth } from '../../../support/app';

const EDITS = [spelling, pods, scaling, network, volumes, jobs, names, classes].flatMap(({ edits }) => edits);
const PAGE = fs.readFileSync(path.join(REPOSITORY, 'docs/upgrade-table.md'), 'utf8');

function manifestsOf(program: Program): readonly Manifest[] {
  const app = newApp();
  const cluster = newCluster(app);
  program({ cluster, tenant: (props = {}, suffix = '') => newTenant(props, cluster, `trial${suffix}`) });
  return synth(app).manifests;
}

const identity = ({ kind, metadata }: Manifest) => `${kind}/${metadata.namespace}/${metadata.name}`;

/** The refusals of an edit: 'StatefulSet: spec.serviceName'. */
function refusalsOf({ before, after }: Edit): string[] {
  const was = new Map(manifestsOf(before).map((one) => [identity(one), one]));
  return manifestsOf(after).flatMap((next) => {
    const old = was.get(identity(next));
    const { refusals } = old ? applied(old as PlanManifest, next as PlanManifest, '1.36') : { refusals: [] };
    return refusals.map(({ field }) => `${next.kind}: ${field}`);
  });
}

/** What the API server of the page refused. Some edits are called the same under several headings, in the order of the page. */
function recorded(edit: Edit): string[] {
  const place = EDITS.filter((one) => one.edit === edit.edit).indexOf(edit);
  const row = PAGE.split('\n').filter((line) => line.startsWith(`| ${edit.edit} `))[place]!;
  return [...row.matchAll(/\*\*refuses\*\* the (\w+): `([\w.]+): /g)].map(([, kind, field]) => `${kind}: ${field}`);
}

test('the edits that an API server refused are those that the plan refuses, for the same fields', () => {
  const rows = EDITS.filter((edit) => PAGE.includes(`| ${edit.edit} `));
  expect(rows).toHaveLength(EDITS.length);
  expect(EDITS.map((edit) => [edit.edit, refusalsOf(edit)])).toEqual(EDITS.map((edit) => [edit.edit, recorded(edit)]));
  expect(EDITS.filter((edit) => recorded(edit).length > 0).length).toBeGreaterThan(11);
});

test('a program that is only written differently changes nothing', () => {
  for (const { before, after } of spelling.edits) {
    const was = new Map(manifestsOf(before).map((one) => [identity(one), one as PlanManifest]));
    const verdicts = manifestsOf(after).map(
      (next) => applied(was.get(identity(next))!, next as PlanManifest, '1.36').verdict,
    );
    expect(new Set(verdicts)).toEqual(new Set(['unchanged']));
  }
});
