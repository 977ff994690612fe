import { containerOf, DIGEST, IMAGE, web } from '../support/app';
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

  it.each([['sh -c app'], [[]], [[1]]])('%j is not a list of strings', (command) => {
    expect(refusedBy(() => web({ command }))).toEqual(['props/type', 'command']);
  });
});
