import { agent, newTenant, podOf, privilegedTenant, refusal, stateful, web } from '../support/app';

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

  it('leaves no annotation where nothing departs', () => {
    expect(podOf(web()).metadata.annotations).toBeUndefined();
  });

  it.each([
    ['is missing', undefined, /shop\/web: no user.*write user: 1000/i],
    ['is 0', 0, /user 0 is root.*root: 'why/i],
    ['has uid 0', { uid: 0, gid: 5 }, /is root/],
    ['has gid 0', { uid: 5, gid: 0 }, /is root/],
    ['is root without a reason', { root: '' }, /user\.root, the reason to run as root/],
    ['is root with a uid', { root: 'because', uid: 0 }, /unknown key 'uid' in user/],
    ['is negative', -1, /user\.uid is -1/],
    ['is too large', 65535, /user\.uid is 65535/],
    ['has a gid that is too large', { uid: 1, gid: 70000 }, /user\.gid is 70000/],
    ['is no whole number', 1.5, /user\.uid is 1\.5/],
    ['is a name', 'node', /user is 'node'/],
    ['misspells gid', { uid: 1, git: 2 }, /unknown key 'git' in user.*did you mean 'gid'/i],
  ])('that %s is refused', (_what, user, message) => {
    expect(refusal(() => web({ user }))).toMatch(message);
  });

  it('of an image is refused with a volume, whose group nobody knows', () => {
    expect(refusal(() => stateful({ user: 'image' }))).toMatch(/group is not known.*numeric ids/i);
  });

  it.each([['restricted'], ['baseline'], ['privileged']] as const)('root in a tenant of level %s', (level) => {
    const tenant = newTenant({ podSecurity: level === 'restricted' ? level : { level, because: 'a test' } });
    const make = () => web({ user: { root: 'a test' } }, tenant);
    if (level === 'restricted') {
      expect(refusal(make)).toMatch(/a root user is refused in a namespace of level 'restricted'.*level: 'baseline'/i);
    } else {
      expect(podOf(make()).spec.securityContext?.runAsUser).toBe(0);
    }
  });
});
