import { agent, appOf, containerOf, newTenant, podOf, privilegedTenant, stateful, web } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const securityContextOf = (user: unknown) => podOf(web({ user })).spec.securityContext;

describe('the user of a pod', () => {
  it('is a number: uid, gid and the group of its volumes, verified as not root', () => {
    expect(securityContextOf(10001)).toEqual({
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      fsGroup: 10001,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('may have another gid, which is the group of its volumes', () => {
    expect(securityContextOf({ uid: 999, gid: 1000 })).toMatchObject({
      runAsUser: 999,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: 'OnRootMismatch',
    });
    expect(securityContextOf({ uid: 999 })).toMatchObject({ runAsUser: 999, runAsGroup: 999, fsGroup: 999 });
  });

  it('may have the group root, to which some images give their files', () => {
    expect(securityContextOf({ uid: 1000, gid: 0 })).toMatchObject({
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 0,
    });
  });

  it("'image' leaves the ids to the image, and still refuses root", () => {
    expect(securityContextOf('image')).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  });

  it('is root only with a reason, which the reader of the manifest sees', () => {
    const pod = podOf(agent({ user: { root: 'reads /proc of all' } }, privilegedTenant()));
    expect(pod.metadata.annotations).toMatchObject({ 'cdk8s-eks-patterns.io/root-because': 'reads /proc of all' });
    const { securityContext } = pod.spec;
    expect(securityContext).toMatchObject({ runAsUser: 0, runAsGroup: 0 });
    expect(securityContext).not.toHaveProperty('runAsNonRoot');
    expect(securityContext).not.toHaveProperty('fsGroup');
    expect(securityContext).not.toHaveProperty('fsGroupChangePolicy');
  });

  it('that begins as root and steps down keeps the capabilities for it, and its own', () => {
    const tenant = () => newTenant({ podSecurity: { level: 'baseline', because: 'the entry point is root' } });
    const capabilitiesOf = (props: Readonly<Record<string, unknown>>) =>
      containerOf(stateful(props, tenant())).securityContext!.capabilities;
    const user = { root: 'gives its folders to mysql', stepsDown: true };
    const add = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'];
    expect(capabilitiesOf({ user })).toEqual({ drop: ['ALL'], add });
    const capabilities = { add: ['SYS_CHROOT', 'CHOWN'], because: 'its own jail' };
    expect(capabilitiesOf({ user, security: { capabilities } })!.add).toEqual(['SYS_CHROOT', ...add]);
    expect(capabilitiesOf({ user: { root: 'stays root', stepsDown: false } })).toEqual({ drop: ['ALL'] });
    expect(findingsOf(() => appOf(stateful({ user, image: 'mysql:8.4.2' }, tenant())))).toEqual([]);
  });

  it('leaves no annotation where nothing departs', () => {
    expect(podOf(web()).metadata.annotations).toBeUndefined();
  });

  it.each([
    ['is missing', undefined, ['props/required', 'user']],
    ['is 0', 0, ['props/forbidden', 'user']],
    ['has uid 0', { uid: 0, gid: 5 }, ['props/forbidden', 'user']],
    ['is root without a reason', { root: '' }, ['props/type', 'user.root']],
    ['steps down by a word', { root: 'because', stepsDown: 'yes' }, ['props/type', 'user.stepsDown']],
    ['is root with a uid', { root: 'because', uid: 0 }, ['props/unknown', 'user.uid']],
    ['is negative', -1, ['props/invalid', 'user']],
    ['is too large', 65535, ['props/invalid', 'user']],
    ['has a gid that is too large', { uid: 1, gid: 70000 }, ['props/invalid', 'user.gid']],
    ['is a fraction', 1.5, ['props/invalid', 'user']],
    ['is a name', 'node', ['props/type', 'user']],
    ['misspells gid', { uid: 1, git: 2 }, ['props/unknown', 'user.git']],
    ['is null', null, ['props/type', 'user']],
    ['has a uid that is too large', { uid: 65535 }, ['props/invalid', 'user.uid']],
  ])('that %s is refused', (_what, user, expected) => {
    expect(refusedBy(() => web({ user }))).toEqual(expected);
  });

  it('of an image is refused with a volume, whose group is not known', () => {
    expect(refusedBy(() => stateful({ user: 'image' }))).toEqual(['props/forbidden', 'user']);
  });

  it.each([['restricted'], ['baseline'], ['privileged']] as const)('root in a tenant of level %s', (level) => {
    const tenant = newTenant({ podSecurity: level === 'restricted' ? level : { level, because: 'a test' } });
    const make = () => web({ user: { root: 'a test' } }, tenant);
    if (level === 'restricted') {
      const [finding, ...more] = findingsOf(make);
      expect(more).toEqual([]);
      expect(finding).toMatchObject({ rule: 'props/forbidden', field: 'user' });
      expect(finding!.fix).toContain("level: 'baseline'");
    } else {
      expect(podOf(make()).spec.securityContext?.runAsUser).toBe(0);
    }
  });
});
