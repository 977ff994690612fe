import { agent, containerOf, DIGEST, IMAGE, podOf, refusal, web } from '../support/app';

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
    expect(refusal(() => web({ imagePullPolicy: 'always' }))).toMatch(/imagePullPolicy is 'always'.*'Always' or/i);
  });

  it.each([
    ['nothing', undefined, /image missing is no image reference/],
    ['neither tag nor digest', 'registry.example.com/app', /neither a tag nor a digest.*app:1\.2\.3/i],
    ['a registry’s port taken for a tag', 'localhost:5000/app', /neither a tag nor a digest/],
    ["the tag 'latest'", 'app:latest', /moves with every push/],
    ['capitals', 'registry.example.com/App:1', /is no image reference/],
    ['a space', 'app:1 2', /is no image reference/],
    ['a scheme', 'https://registry.example.com/app:1', /is no image reference/],
    ['a short digest', 'app@sha256:abc', /is no image reference/],
    ['a template that was not filled', 'app:${TAG}', /is no image reference/],
    ['an empty tag', 'app:', /is no image reference/],
  ])('with %s is refused', (_what, image, message) => {
    expect(refusal(() => web({ image }))).toMatch(message);
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

  it.each([['sh -c app'], [[]], [[1]]])('%j is no list of words', (command) => {
    expect(refusal(() => web({ command }))).toMatch(/command is .*write a list of texts/i);
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

  it.each([['sidecars'], ['initContainers']])('of %s an image that moves is refused, by name', (where) => {
    expect(refusal(() => web({ [where]: [{ name: 'helper', image: 'helper:latest' }] }))).toMatch(
      /image of container 'helper' 'helper:latest' moves with every push/,
    );
  });
});
