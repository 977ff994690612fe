import * as fs from 'node:fs';
import { KubeObject, SynthesisError } from 'cdk8s-eks-patterns';
import { appOf, newApp, newCluster, newTenant, synth, web } from '../support/app';
import { errorsOf } from './support';

/** Four mistakes of three kinds: an address, an edit, an address, a reference. */
function program() {
  const shop = newTenant({}, newCluster(newApp()));
  const api = web({}, shop, 'api');
  web({ env: { API: api.url() } }, shop, 'first');
  web({ customize: { service: (s: object) => ({ ...s }) } }, shop, 'second');
  web({ env: { API: api.address } }, shop, 'third');
  return appOf(shop);
}

test('all errors are told at once, in construct order', () => {
  expect(errorsOf(program).map(({ constructPath }) => constructPath)).toEqual([
    'prod/shop/first',
    'prod/shop/second/Service',
    'prod/shop/third',
  ]);
});

test('what the whole set tells is told beside what single constructs tell', () => {
  const shop = newTenant();
  const metadata = { name: 'raw' };
  const spec = { serviceAccountName: 'gone', containers: [{ name: 'c' }] };
  new KubeObject(shop, 'Raw', { apiVersion: 'v1', kind: 'Pod', metadata, spec } as never);
  const api = web({}, shop, 'api');
  web({ env: { API: api.url() } }, shop);
  expect(errorsOf(() => appOf(shop)).map(({ name, constructPath }) => [name, constructPath])).toEqual([
    ['ManifestError', 'prod/shop/Raw'],
    ['PropsError', 'prod/shop/web'],
  ]);
});

test('the message lists every error and counts them', () => {
  expect(() => synth(program())).toThrow(SynthesisError);
  expect(() => synth(program())).toThrow(/^3 errors, nothing was written:\n {2}- prod\/shop\/first: /);
});

test('nothing is written, and nothing removed', () => {
  const app = program();
  const file = `${app.outdir}/shop.k8s.yaml`;
  fs.writeFileSync(file, 'what was there\n');
  fs.writeFileSync(`${app.outdir}/old.k8s.yaml`, 'made before\n');
  expect(() => synth(app)).toThrow(SynthesisError);
  expect(fs.readdirSync(app.outdir).sort()).toEqual(['old.k8s.yaml', 'shop.k8s.yaml']);
  expect(fs.readFileSync(file, 'utf8')).toBe('what was there\n');
});

test('a mended program writes', () => {
  const shop = newTenant();
  const api = web({}, shop, 'api');
  web({ env: { API: api.url() }, connectsTo: [api] }, shop);
  expect(Object.keys(synth(appOf(shop)).files)).toContain('shop.k8s.yaml');
});
