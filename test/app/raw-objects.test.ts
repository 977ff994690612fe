import * as fs from 'node:fs';
import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { EksApp } from '../../charts/app/eks-app';
import { SynthesisError } from '../../charts/core/errors';
import { KubeObject } from '../../charts/core/kube-object';
import type { AnyObject } from '../../imports/kubernetes';
import { useWorkingFolder } from './support';

useWorkingFolder();

/** The rules of these tests: the least objects may break others. */
const ABOUT = /^manifests\/(type|head|not-an-object|syntax)$|^objects\/duplicate$/;

/** What synthesis says of the objects of a chart, as [rule, construct, field]. */
function findings(make: (chart: Chart) => void): unknown[][] {
  const app = new EksApp();
  make(new Chart(app, 'raw'));
  try {
    app.synth();
    return [];
  } catch (e) {
    expect(e).toBeInstanceOf(SynthesisError);
    const found = (e as SynthesisError).findings.filter(({ rule }) => ABOUT.test(rule));
    return found.map(({ rule, construct, field }) => [rule, construct, field]);
  }
}

const SELECTS = { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } } } };
const deployment = (spec: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { ...SELECTS, ...spec },
});

describe('objects that a program adds raw', () => {
  test('are errors at their construct where a value has the wrong type', () => {
    expect(findings((chart) => new ApiObject(chart, 'web', deployment({ replicas: '3', template: 'x' })))).toEqual([
      ['manifests/type', 'raw/web', 'spec.replicas'],
      ['manifests/type', 'raw/web', 'spec.template'],
    ]);
  });

  test('also after an edit', () => {
    const broken = findings((chart) => {
      new KubeObject<AnyObject>(chart, 'web', deployment({})).customize((object) => {
        (object as AnyObject & { spec: object }).spec = {
          ...SELECTS,
          template: { ...SELECTS.template, spec: { containers: 'web' } },
        };
      });
      new ApiObject(chart, 'api', deployment({})).addJsonPatch(JsonPatch.replace('/kind', null));
    });
    expect(broken).toEqual([
      ['manifests/type', 'raw/web', 'spec.template.spec.containers'],
      ['manifests/head', 'raw/api', 'kind'],
    ]);
  });

  test('in a List are reviewed one by one', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    const listOf = (...items: unknown[]) =>
      findings((chart) => new ApiObject(chart, 'all', { apiVersion: 'v1', kind: 'List', items }));
    expect(listOf(map)).toEqual([]);
    expect(listOf(map, map)).toEqual([['objects/duplicate', 'raw/all', 'metadata.name']]);
    expect(listOf(map, { ...map, data: { a: 1 } })).toEqual(
      expect.arrayContaining([['manifests/type', 'raw/all', 'data.a']]),
    );
    expect(listOf('text')).toEqual([['manifests/not-an-object', 'raw/all', 'items[0]']]);
  });
});

test('a key that no file can hold is an error of the file, which is not written', () => {
  const app = new EksApp();
  const chart = new Chart(app, 'raw');
  const spec = { '\ud83d': 1 };
  new KubeObject<AnyObject & { spec: object }>(chart, 'odd', {
    apiVersion: 'example.com/v1',
    kind: 'Odd',
    metadata: { name: 'odd' },
    spec,
  });
  expect(() => app.synth()).toThrow(SynthesisError);
  expect(() => app.synth()).toThrow('raw: Odd \'odd\': spec["\\ud83d"] has a key with half of a surrogate pair');
  expect(fs.readdirSync(app.outdir)).toEqual([]);
});
