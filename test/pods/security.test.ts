import { Chart } from 'cdk8s';
import {
  agent,
  appOf,
  containerOf,
  newTenant,
  PATTERN_NAMES,
  PATTERNS,
  podOf,
  privilegedTenant,
  web,
} from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const because = 'the test says so';
const at = (level: 'baseline' | 'privileged') => newTenant({ podSecurity: { level, because } });

describe('without a word, a pod meets the restricted Pod Security Standard', () => {
  it.each(PATTERN_NAMES)('%s', (pattern) => {
    const workload = PATTERNS[pattern]();
    expect(podOf(workload).spec).toMatchObject({
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(containerOf(workload).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('host namespaces are not shared', () => {
    expect(podOf(agent()).spec).not.toHaveProperty('hostNetwork', true);
    expect(podOf(agent()).spec).not.toHaveProperty('hostPID');
  });
});

describe('a departure says why', () => {
  it('writableRoot makes the root writable and nothing else', () => {
    const workload = web({ security: { writableRoot: { because } } });
    expect(containerOf(workload).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: false,
      capabilities: { drop: ['ALL'] },
    });
    expect(podOf(workload).metadata.annotations).toEqual({ 'cdk8s-eks-patterns.io/writable-root-because': because });
  });

  it('capabilities are added to the dropped ones', () => {
    const workload = web({ security: { capabilities: { add: ['NET_BIND_SERVICE'], because } } });
    expect(containerOf(workload).securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
    expect(podOf(workload).metadata.annotations).toEqual({ 'cdk8s-eks-patterns.io/capabilities-because': because });
  });

  it('an empty list of capabilities adds none', () => {
    const workload = web({ security: { capabilities: { add: [], because } } });
    expect(containerOf(workload).securityContext?.capabilities).toEqual({ drop: ['ALL'] });
  });

  it('privileged allows escalation, as the API server demands, and keeps the root read-only', () => {
    const workload = agent({ security: { privileged: { because } } }, privilegedTenant());
    expect(containerOf(workload).securityContext).toEqual({
      allowPrivilegeEscalation: true,
      privileged: true,
      readOnlyRootFilesystem: true,
    });
    expect(podOf(workload).metadata.annotations).toMatchObject({
      'cdk8s-eks-patterns.io/privileged-because': because,
    });
  });

  it('the annotation is the pod’s, so that the object’s own stay as the user wrote them', () => {
    const workload = web({ security: { writableRoot: { because } }, annotations: { note: 'x' } });
    expect(workload.deployment.toJson().metadata.annotations).toEqual({ note: 'x' });
    expect(podOf(workload).metadata.annotations).toMatchObject({ note: 'x' });
  });

  it.each([
    [{ writableRoot: {} }, ['props/required', 'security.writableRoot.because']],
    [{ writableRoot: { because: ' ' } }, ['props/type', 'security.writableRoot.because']],
    [{ writableRoot: true }, ['props/type', 'security.writableRoot']],
    [{ writableRoot: { because, why: 1 } }, ['props/unknown', 'security.writableRoot.why']],
    [{ capabilities: { add: ['NET_BIND_SERVICE'] } }, ['props/required', 'security.capabilities.because']],
    [{ privileged: {} }, ['props/required', 'security.privileged.because']],
    [{ writeableRoot: { because } }, ['props/unknown', 'security.writeableRoot']],
    [{ capabilities: { add: ['CAP_NET_BIND_SERVICE'], because } }, ['props/invalid', 'security.capabilities.add[0]']],
    [{ capabilities: { add: ['net_bind_service'], because } }, ['props/invalid', 'security.capabilities.add[0]']],
    [{ capabilities: { because } }, ['props/required', 'security.capabilities.add']],
    [{ capabilities: { add: 'CHOWN', because } }, ['props/type', 'security.capabilities.add']],
  ])('%j is refused', (security, expected) => {
    expect(refusedBy(() => web({ security }))).toEqual(expected);
  });
});

describe('what the namespace would refuse is refused here', () => {
  it.each([
    ['restricted', { capabilities: { add: ['CHOWN'], because } }, 'capabilities.add[0]', 'baseline'],
    [
      'restricted',
      { capabilities: { add: ['NET_BIND_SERVICE', 'SYS_ADMIN'], because } },
      'capabilities.add[1]',
      'privileged',
    ],
    ['restricted', { privileged: { because } }, 'privileged', 'privileged'],
    ['baseline', { capabilities: { add: ['NET_RAW'], because } }, 'capabilities.add[0]', 'privileged'],
    ['baseline', { privileged: { because } }, 'privileged', 'privileged'],
  ] as const)('%s: %j is refused at %s, and the fix names the level %s', (level, security, field, needed) => {
    const tenant = level === 'restricted' ? newTenant() : at(level);
    const findings = findingsOf(() => web({ security }, tenant));
    expect(findings).toMatchObject([{ rule: 'props/forbidden', field: `security.${field}` }]);
    expect(findings[0]!.message).toContain(`level '${level}'`);
    expect(findings[0]!.fix).toContain(`level: '${needed}'`);
  });

  it.each([
    ['baseline', { capabilities: { add: ['CHOWN', 'SETUID'], because } }],
    ['privileged', { capabilities: { add: ['SYS_ADMIN'], because } }],
    ['privileged', { privileged: { because } }],
  ] as const)('%s: %j is allowed', (level, security) => {
    expect(() => web({ security }, at(level))).not.toThrow();
  });

  it('a plain chart enforces no level, so nothing is refused there', () => {
    const chart = new Chart(appOf(newTenant()), 'plain', { namespace: 'plain' });
    expect(containerOf(web({ security: { privileged: { because } } }, chart)).securityContext?.privileged).toBe(true);
  });

  it.each([
    ['hostPaths', { hostPaths: ['/var/log'] }],
    ['hostNetwork', { hostNetwork: { because } }],
  ])('%s needs a privileged tenant', (what, props) => {
    expect(refusedBy(() => agent(props, at('baseline')))).toEqual(['props/forbidden', what]);
    expect(() => agent(props, at('privileged'))).not.toThrow();
  });
});
