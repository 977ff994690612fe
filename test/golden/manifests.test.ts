import { schemaErrors } from '../schema/validate';
import { CRDS, CRDS_PRESENT, CUSTOM_KINDS, customResourceErrors, definitionsIn } from './custom-resources';
import { committed, type Manifest, manifests, PROGRAMS } from './programs';
import { secretsIn } from './secrets';

const all = PROGRAMS.flatMap((program) => manifests(program));

test('there are manifests to judge', () => {
  expect(all.length).toBeGreaterThan(100);
});

test.each(['1.34', '1.35', '1.36'] as const)('every committed manifest is valid in Kubernetes %s', (version) => {
  const errors = all.flatMap(({ at, manifest }) => schemaErrors(manifest, version).map((error) => `${at}: ${error}`));
  expect(errors).toEqual([]);
});

test('the schemas find a fault in each kind that is committed', () => {
  const found = new Set<string>();
  for (const { manifest } of all) {
    const broken = { ...manifest, speck: {} };
    if (schemaErrors(broken, '1.35').some((error) => error.includes("unknown field 'speck'"))) {
      found.add(manifest.kind);
    }
  }
  // kinds of other groups are judged by their own definitions below, or by eksctl
  const foreign = new Set(['ClusterConfig', ...CUSTOM_KINDS]);
  const kinds = new Set(all.map(({ manifest }) => manifest.kind as string));
  expect([...kinds].filter((kind) => !found.has(kind) && !foreign.has(kind))).toEqual([]);
  expect(found.size).toBeGreaterThan(12);
});

const present = CRDS_PRESENT;
const definitions = present ? definitionsIn(CRDS) : undefined;

describe(
  present ? 'custom resources' : 'custom resources: not judged, the folder of their definitions is absent',
  () => {
    const customs = all.filter(({ manifest }) => CUSTOM_KINDS.has(manifest.kind));

    test('there are some in the output', () => {
      expect([...new Set(customs.map(({ manifest }) => manifest.kind))].sort()).toEqual(
        expect.arrayContaining(['IngressClassParams', 'ScaledObject', 'SecretProviderClass']),
      );
    });

    const cases: (readonly [string, Manifest])[] = present
      ? customs.map(({ at, manifest }) => [at, manifest] as const)
      : [];
    test(`${cases.length} are valid by their own definitions`, () => {
      const errors = cases.flatMap(([at, manifest]) =>
        customResourceErrors(definitions!, manifest).map((error) => `${at}: ${error}`),
      );
      expect(errors).toEqual([]);
      expect(cases.length > 0).toBe(present);
    });

    test('the definitions, where there are any, find a fault in each', () => {
      const blind = cases.filter(([, manifest]) => {
        const broken = manifest.spec
          ? { ...manifest, spec: { ...manifest.spec, speck: 1 } }
          : { ...manifest, speck: 1 };
        return !customResourceErrors(definitions!, broken).some((error) => error.includes("'speck'"));
      });
      expect(blind.map(([at]) => at)).toEqual([]);
    });
  },
);

describe('secrets', () => {
  test('no manifest is a Secret, and no value looks like one', () => {
    expect(all.flatMap(({ at, manifest }) => secretsIn(manifest).map((found) => `${at}: ${found}`))).toEqual([]);
  });

  test('no page of instructions holds one', () => {
    const pages = PROGRAMS.flatMap((program) =>
      Object.entries(committed(program)).filter(([file]) => !file.endsWith('.yaml')),
    );
    expect(pages.length).toBeGreaterThan(0);
    expect(pages.flatMap(([file, text]) => secretsIn(text).map((found) => `${file}: ${found}`))).toEqual([]);
  });

  const env = (name: string, value: string) => ({ spec: { containers: [{ env: [{ name, value }] }] } });
  test.each<[string, Manifest]>([
    ['a Secret', { kind: 'Secret', metadata: { name: 'x' } }],
    ['a variable', env('DB_PASSWORD', 'hunter2')],
    ['a key of a ConfigMap', { kind: 'ConfigMap', data: { 'api-key': 'abc' } }],
    ['an address with credentials', env('DB', 'postgres://shop:hunter2@db:5432/orders')],
    ['a key id', env('ID', 'AKIAIOSFODNN7EXAMPLE')],
    ['a private key', { data: { 'tls.pem': '-----BEGIN RSA PRIVATE KEY-----' } }],
    ['a setting in a file', { data: { 'app.conf': 'user = shop\npassword = hunter2' } }],
    ['an argument', { spec: { containers: [{ args: ['--password=hunter2'] }] } }],
  ])('%s would be found', (_, manifest) => {
    expect(secretsIn(manifest)).toHaveLength(1);
  });

  test.each<[string, Manifest]>([
    ['a path', env('DB_PASSWORD_FILE', '/mnt/secrets/password')],
    ['a name', env('TOKEN_SECRET_NAME', 'shop-token')],
    ['an argument out of the environment', { args: ['mysqladmin --password="$(cat "$FILE")"'] }],
    ['an address without credentials', env('DB', 'postgres://db:5432/orders')],
  ])('%s is no secret', (_, manifest) => {
    expect(secretsIn(manifest)).toEqual([]);
  });
});
