import * as fs from 'node:fs';
import { KubeObject, SynthesisError } from 'cdk8s-eks-patterns';
import { appOf, newApp, newCluster, newTenant, synth, web } from '../support/app';
import { findingsOf } from '../support/findings';
import { good } from '../support/refused-pods';
import { errorsOf } from './support';

/** Three mistakes of two kinds: an address, an amount, an address. */
function program() {
  const shop = newTenant({}, newCluster(newApp()));
  const api = web({}, shop, 'api');
  web({ env: { API: api.url() } }, shop, 'first');
  const deployment = (d: { spec: { progressDeadlineSeconds: unknown } }) => {
    d.spec.progressDeadlineSeconds = 'soon';
  };
  web({ customize: { deployment } }, shop, 'second');
  web({ env: { API: api.address } }, shop, 'third');
  return appOf(shop);
}

test('all errors are reported at once, in construct order', () => {
  expect(errorsOf(program).map(({ constructPath }) => constructPath)).toEqual([
    'prod/shop/first',
    'prod/shop/second/Deployment',
    'prod/shop/third',
  ]);
});

test('findings of all objects are reported with those of single constructs', () => {
  const shop = newTenant();
  const metadata = { name: 'raw' };
  const spec = { ...good(), serviceAccountName: 'gone' };
  new KubeObject(shop, 'Raw', { apiVersion: 'v1', kind: 'Pod', metadata, spec } as never);
  const api = web({}, shop, 'api');
  web({ env: { API: api.url() } }, shop);
  expect(findingsOf(() => appOf(shop)).map(({ rule, construct }) => [rule, construct])).toEqual([
    ['references/missing', 'prod/shop/Raw'],
    ['connections/undeclared', 'prod/shop/web'],
  ]);
});

test('the message lists every error and counts them', () => {
  expect(() => synth(program())).toThrow(SynthesisError);
  expect(() => synth(program())).toThrow(/^3 errors, nothing was written:\n {2}- prod\/shop\/first: /);
});

test('nothing is written, and nothing removed', () => {
  const app = program();
  const file = `${app.outdir}/shop.k8s.yaml`;
  fs.mkdirSync(app.outdir);
  fs.writeFileSync(file, 'what was there\n');
  fs.writeFileSync(`${app.outdir}/old.k8s.yaml`, 'made before\n');
  expect(() => synth(app)).toThrow(SynthesisError);
  expect(fs.readdirSync(app.outdir).sort()).toEqual(['old.k8s.yaml', 'shop.k8s.yaml']);
  expect(fs.readFileSync(file, 'utf8')).toBe('what was there\n');
});

test('a corrected program writes', () => {
  const shop = newTenant();
  const api = web({}, shop, 'api');
  web({ env: { API: api.url() }, connectsTo: [api] }, shop);
  expect(Object.keys(synth(appOf(shop)).files)).toContain('shop.k8s.yaml');
});
