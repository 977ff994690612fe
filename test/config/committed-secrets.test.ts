import * as fs from 'node:fs';
import * as path from 'node:path';
import { Secret, type Tenant } from 'cdk8s-eks-patterns';
import { appOf, find, newTenant, podOf, synth, temporaryFolder, web } from '../support/app';
import { refusedBy } from '../support/findings';
import { random } from '../support/secrets';

/** The form of what kubeseal prints: the length of the session key, the key, a text and its tag. */
function sealed(bytes = 64, key = 512): string {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(key);
  return Buffer.concat([head, Buffer.alloc(key, 7), Buffer.alloc(bytes, 9)]).toString('base64');
}

describe('a sealed secret', () => {
  const of = (tenant: Tenant, more: object = {}) =>
    Secret.sealed(tenant, 'login', { encryptedData: { user: sealed(), password: sealed(40) }, ...more });

  it('is a SealedSecret, whose controller a step installs', () => {
    const tenant = newTenant();
    const login = of(tenant);
    const workload = web({ env: { USER: login.env('user'), PASSWORD_FILE: login.file('password') } }, tenant);
    const { manifests, steps, warnings } = synth(appOf(tenant));
    const labels = { 'app.kubernetes.io/managed-by': 'cdk8s-eks-patterns' };
    const metadata = { name: 'login', namespace: 'shop', labels };
    expect(find(manifests, 'SealedSecret')).toEqual({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata,
      spec: {
        encryptedData: { user: sealed(), password: sealed(40) },
        template: { metadata, type: 'Opaque' },
      },
    });
    expect(podOf(workload).spec.volumes).toContainEqual({
      name: 'secret-login',
      secret: { secretName: 'login', defaultMode: 0o440 },
    });
    expect(steps).toContain('--set fullnameOverride=sealed-secrets-controller');
    expect(steps).not.toContain('create secret generic login');
    expect(warnings.filter((text) => /secret|login/i.test(text))).toEqual([]);
  });

  it.each([
    ['namespace-wide', 'sealedsecrets.bitnami.com/namespace-wide'],
    ['cluster-wide', 'sealedsecrets.bitnami.com/cluster-wide'],
  ])('with reach %s says so on both, as the controller wants it', (reach, annotation) => {
    const { metadata, spec } = of(newTenant(), { reach }).sealedSecret!.toJson();
    expect(metadata.annotations).toEqual({ [annotation]: 'true' });
    expect(spec.template.metadata.annotations).toEqual({ [annotation]: 'true' });
  });

  it('has the type that it is given', () => {
    expect(of(newTenant(), { type: 'kubernetes.io/tls' }).sealedSecret!.toJson().spec.template.type).toBe(
      'kubernetes.io/tls',
    );
  });

  it.each<[string, object, string, string]>([
    ['a readable value', { encryptedData: { password: 'hunter2' } }, 'props/invalid', 'encryptedData.password'],
    [
      'a value in Base64',
      { encryptedData: { password: Buffer.from(random(600)).toString('base64') } },
      'props/invalid',
      'encryptedData.password',
    ],
    [
      'half a sealed value',
      { encryptedData: { password: sealed().slice(0, 600) } },
      'props/invalid',
      'encryptedData.password',
    ],
    ['an empty value', { encryptedData: { password: '' } }, 'props/invalid', 'encryptedData.password'],
    ['a number', { encryptedData: { password: 7 } }, 'props/type', 'encryptedData.password'],
    ['no data', { encryptedData: undefined }, 'props/required', 'encryptedData'],
    ['no keys', { encryptedData: {} }, 'props/invalid', 'keys'],
    ['another reach', { reach: 'namespace' }, 'props/unsupported', 'reach'],
    ['an unknown key', { data: {} }, 'props/unknown', 'data'],
  ])('%s is refused', (_, more, rule, field) => {
    expect(refusedBy(() => of(newTenant(), more))).toEqual([rule, field]);
  });
});

describe('a secret in a file of SOPS', () => {
  let folder: string;
  beforeAll(() => {
    folder = temporaryFolder();
  });
  const ENC = 'ENC[AES256_GCM,data:c2VjcmV0,iv:AAAA,tag:AAAA,type:str]';
  const write = (name: string, more: object = {}) => {
    const file = path.join(folder, name);
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login', namespace: 'shop' },
      stringData: { user: ENC, password: ENC },
      sops: { mac: ENC, version: '3.10.2' },
    };
    fs.writeFileSync(file, JSON.stringify({ ...secret, ...more }));
    return file;
  };
  const of = (file: string, keys: readonly string[] = ['password'], tenant = newTenant()) =>
    Secret.fromSops(tenant, 'login', { file, keys });

  it('is read by pods, decrypted by a step, and no part of the output', () => {
    const tenant = newTenant();
    const file = write('right.json');
    const workload = web({ env: { PASSWORD: of(file, ['password'], tenant).env('password') } }, tenant);
    expect(JSON.stringify(podOf(workload).spec)).toContain('"secretKeyRef":{"key":"password","name":"login"}');
    const { manifests, steps, warnings } = synth(appOf(tenant));
    expect(manifests.some(({ kind }) => kind === 'Secret')).toBe(false);
    expect(JSON.stringify(manifests)).not.toContain('ENC[');
    expect(steps).toContain(`sops decrypt ${file} | kubectl apply -f -`);
    expect(warnings.filter((text) => /secret|login/i.test(text))).toEqual([]);
  });

  it.each<[string, object, readonly string[] | undefined]>([
    ['that can be read', { stringData: { user: ENC, password: 'hunter2' } }, undefined],
    ['without what SOPS adds', { sops: undefined }, undefined],
    ['of another kind', { kind: 'ConfigMap' }, undefined],
    ['of another name', { metadata: { name: 'other', namespace: 'shop' } }, undefined],
    ['of another namespace', { metadata: { name: 'login', namespace: 'other' } }, undefined],
    ['without a namespace', { metadata: { name: 'login' } }, undefined],
    ['without the key', {}, ['token']],
  ])('a file %s is refused', (name, more, keys) => {
    const file = write(`${name.replaceAll(' ', '-')}.json`, more);
    expect(refusedBy(() => of(file, keys))).toEqual(['props/invalid', 'file']);
  });

  it('a file that is not there and one that is no YAML are refused', () => {
    expect(refusedBy(() => of(path.join(folder, 'none.yaml')))).toEqual(['props/invalid', 'file']);
    const file = path.join(folder, 'broken.yaml');
    fs.writeFileSync(file, 'a: [1');
    expect(refusedBy(() => of(file))).toEqual(['props/invalid', 'file']);
  });

  it('no keys and no file are refused', () => {
    const file = write('again.json');
    expect(refusedBy(() => Secret.fromSops(newTenant(), 'login', { file } as never))).toEqual([
      'props/required',
      'keys',
    ]);
    expect(refusedBy(() => Secret.fromSops(newTenant(), 'login', { keys: ['a'] } as never))).toEqual([
      'props/required',
      'file',
    ]);
  });
});
