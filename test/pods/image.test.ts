import { Image } from 'cdk8s-eks-patterns';
import { appOf, containerOf, DIGEST, IMAGE, newTenant, podOf, stateful, synth, web } from '../support/app';
import { refusedBy } from '../support/findings';

const controllerLabels = (image: string) => web({ image }).deployment.toJson().metadata.labels;

describe('the image', () => {
  it.each([
    ['a tag', IMAGE],
    ['a digest', `registry.example.com/app${DIGEST}`],
    ['a tag and a digest', `registry.example.com:5000/team/app:1.2.3${DIGEST}`],
    ['a single number for a tag', 'mysql:8'],
    ["'latest' with a digest", `app:latest${DIGEST}`],
  ])('by %s is asked for at every start', (_what, image) => {
    expect(containerOf(web({ image }))).toMatchObject({ image, imagePullPolicy: 'Always' });
  });

  it('is pulled as the user says', () => {
    expect(containerOf(web({ imagePullPolicy: 'Never' })).imagePullPolicy).toBe('Never');
    expect(refusedBy(() => web({ imagePullPolicy: 'always' }))).toEqual(['props/unsupported', 'imagePullPolicy']);
  });

  it.each([
    ['nothing', undefined, ['props/required', 'image']],
    ['neither tag nor digest', 'registry.example.com/app', ['props/invalid', 'image']],
    ['a registry’s port taken for a tag', 'localhost:5000/app', ['props/invalid', 'image']],
    ["the tag 'latest'", 'app:latest', ['props/invalid', 'image']],
    ['capitals', 'registry.example.com/App:1', ['props/invalid', 'image']],
    ['a space', 'app:1 2', ['props/invalid', 'image']],
    ['a scheme', 'https://registry.example.com/app:1', ['props/invalid', 'image']],
    ['a short digest', 'app@sha256:abc', ['props/invalid', 'image']],
    ['a template that was not filled', 'app:${TAG}', ['props/invalid', 'image']],
    ['an empty tag', 'app:', ['props/invalid', 'image']],
  ])('with %s is refused', (_what, image, expected) => {
    expect(refusedBy(() => web({ image }))).toEqual(expected);
  });

  it('gives the label of the version when its tag is a label value', () => {
    expect(controllerLabels('app:1.4.2')).toHaveProperty(['app.kubernetes.io/version'], '1.4.2');
    expect(controllerLabels(`app${DIGEST}`)).not.toHaveProperty(['app.kubernetes.io/version']);
    expect(controllerLabels('app:_a')).not.toHaveProperty(['app.kubernetes.io/version']);
  });
});

describe('command and arguments', () => {
  it('are passed on word by word, and absent by default', () => {
    expect(containerOf(web({ command: ['sh', '-c', 'exec app'], args: ['--x'] }))).toMatchObject({
      command: ['sh', '-c', 'exec app'],
      args: ['--x'],
    });
    expect(containerOf(web())).not.toHaveProperty('command');
    expect(containerOf(web())).not.toHaveProperty('args');
  });

  it.each<[unknown, string]>([
    ['sh -c app', 'command'],
    [[], 'command'],
    [[1], 'command[0]'],
  ])('%j is not a list of strings', (command, field) => {
    expect(refusedBy(() => web({ command }))).toEqual(['props/type', field]);
  });
});

describe('references of Amazon ECR', () => {
  const ecr = { account: '111122223333', region: 'us-west-2', repository: 'shop/web' } as const;
  const digest = DIGEST.slice(1);

  it.each([
    [Image.ecr({ ...ecr, tag: '1.4.2' }), '111122223333.dkr.ecr.us-west-2.amazonaws.com/shop/web:1.4.2'],
    [Image.ecr({ ...ecr, digest }), `111122223333.dkr.ecr.us-west-2.amazonaws.com/shop/web@${digest}`],
    [
      Image.ecr({ ...ecr, region: 'cn-north-1', tag: '1' }),
      '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/shop/web:1',
    ],
    [
      Image.ecrCache({ ...ecr, prefix: 'docker-hub', repository: 'library/nginx', tag: '1.29' }),
      '111122223333.dkr.ecr.us-west-2.amazonaws.com/docker-hub/library/nginx:1.29',
    ],
    [
      Image.publicEcr({ repository: 'docker/library/busybox', tag: '1.37' }),
      'public.ecr.aws/docker/library/busybox:1.37',
    ],
  ])('%s', (reference, expected) => {
    expect(reference).toBe(expected);
    expect(containerOf(web({ image: reference })).image).toBe(expected);
  });

  it.each<[object, string, string]>([
    [{ account: 111122223333 }, 'props/type', 'image.account'],
    [{ account: undefined }, 'props/required', 'account'],
    [{ region: undefined }, 'props/required', 'region'],
    [{ repository: 'Shop' }, 'props/invalid', 'repository'],
    [{ tag: undefined }, 'props/required', 'tag'],
    [{ tag: 'latest' }, 'props/invalid', 'repository'],
    [{ digest }, 'props/forbidden', 'tag'],
    [{ version: '1' }, 'props/unknown', 'image.version'],
  ])('are refused with %j', (more, rule, field) => {
    expect(refusedBy(() => Image.ecr({ ...ecr, tag: '1', ...more } as never))).toEqual([rule, field]);
  });
});

describe('credentials of a registry', () => {
  it('are Secrets that exist, of which the steps say how they are made', () => {
    const tenant = newTenant({ defaults: { imagePullSecrets: ['registry'] } });
    const pod = podOf(web({}, tenant)).spec;
    stateful({ replicas: 1 }, tenant);
    expect(pod.imagePullSecrets).toEqual([{ name: 'registry' }]);
    const { steps } = synth(appOf(tenant));
    expect(steps.split('create secret docker-registry registry')).toHaveLength(2);
    expect(steps).toContain('kubectl create namespace shop\nkubectl -n shop create secret docker-registry');
  });

  it.each<[unknown, string, string]>([
    ['registry', 'props/type', 'imagePullSecrets'],
    [[1], 'props/type', 'imagePullSecrets[0]'],
    [['Registry'], 'props/invalid', 'imagePullSecrets[0]'],
    [['a', 'a'], 'props/duplicate', 'imagePullSecrets[1]'],
  ])('are refused as %j', (imagePullSecrets, rule, field) => {
    expect(refusedBy(() => web({ imagePullSecrets }))).toEqual([rule, field]);
  });
});
