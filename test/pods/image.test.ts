import { agent, containerOf, DIGEST, IMAGE, podOf, web } from '../support/app';
import { refusedBy } from '../support/findings';

const controllerLabels = (image: string) => web({ image }).deployment.toJson().metadata.labels;

describe('the image', () => {
  it.each([
    ['a tag, which can move', IMAGE, 'Always'],
    ['a digest, which cannot', `registry.example.com/app${DIGEST}`, 'IfNotPresent'],
    ['a tag and a digest', `registry.example.com:5000/team/app:1.2.3${DIGEST}`, 'IfNotPresent'],
    ['a single number for a tag', 'mysql:8', 'Always'],
    ["'latest' with a digest", `app:latest${DIGEST}`, 'IfNotPresent'],
  ])('by %s has its pull policy', (_what, image, policy) => {
    expect(containerOf(web({ image }))).toMatchObject({ image, imagePullPolicy: policy });
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

  it.each([['sh -c app'], [[]], [[1]]])('%j is not a list of strings', (command) => {
    expect(refusedBy(() => web({ command }))).toEqual(['props/type', 'command']);
  });
});

describe('sidecars and init containers', () => {
  const raw = { name: 'helper', image: 'helper:1.0' };

  it('sidecars start first and stay; init containers follow in order', () => {
    const { initContainers } = podOf(
      web({
        sidecars: [raw],
        initContainers: [
          { name: 'one', image: 'one:1' },
          { name: 'two', image: 'two:1' },
        ],
      }),
    ).spec;
    expect(initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['helper', 'Always'],
      ['one', undefined],
      ['two', undefined],
    ]);
  });

  it('are hardened where they say nothing', () => {
    const { initContainers } = podOf(web({ sidecars: [raw], initContainers: [{ name: 'one', image: 'one:1' }] })).spec;
    const hardened = {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    };
    expect(initContainers?.map((c) => [c.securityContext, c.imagePullPolicy])).toEqual([
      [hardened, 'Always'],
      [hardened, 'Always'],
    ]);
  });

  it('keep what they say', () => {
    const own = {
      ...raw,
      imagePullPolicy: 'Never',
      securityContext: { runAsUser: 7 },
      env: [{ name: 'A', value: 'b' }],
    };
    expect(podOf(web({ sidecars: [own] })).spec.initContainers).toEqual([{ ...own, restartPolicy: 'Always' }]);
  });

  it('leave the workload’s own container first', () => {
    expect(podOf(agent({ sidecars: [raw] })).spec.containers.map((c) => c.name)).toEqual(['agent']);
  });

  it.each([['sidecars'], ['initContainers']])('of %s an image that moves is refused, by its index', (where) => {
    const containers = [raw, { name: 'helper', image: 'helper:latest' }];
    expect(refusedBy(() => web({ [where]: containers }))).toEqual(['props/invalid', `${where}[1].image`]);
  });
});
