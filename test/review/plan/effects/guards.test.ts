import { autoscaler, deployment, effectsOf, object, said } from './support';

const budget = (spec: object) =>
  object('policy/v1', 'PodDisruptionBudget', 'web', { spec: { selector: { matchLabels: { app: 'web' } }, ...spec } });

describe('budgets', () => {
  const change = (before: object[], after: object[]) => said(effectsOf(before, after), 'disruption');

  test('that come to let no pod go', () => {
    expect(change([deployment(), budget({ maxUnavailable: 1 })], [deployment(), budget({ minAvailable: 3 })])).toEqual([
      "danger: PodDisruptionBudget 'shop/web' lets no pod be evicted: nodes with its pods cannot be drained",
    ]);
    expect(
      change([deployment(), budget({ minAvailable: 2 })], [deployment({ replicas: 2 }), budget({ minAvailable: 2 })]),
    ).toEqual([
      "danger: PodDisruptionBudget 'shop/web' lets no pod be evicted any more: nodes with its pods cannot be drained",
    ]);
  });

  test('that let no pod go before either', () => {
    expect(
      change([deployment(), budget({ minAvailable: 3 })], [deployment(), budget({ minAvailable: '100%' })]),
    ).toEqual([]);
  });

  test('that let more go, or as many as before', () => {
    expect(
      change([deployment(), budget({ maxUnavailable: 1 })], [deployment(), budget({ maxUnavailable: 2 })]),
    ).toEqual(["notice: PodDisruptionBudget 'shop/web' lets 2 of 3 pods be evicted at a time instead of 1"]);
    expect(change([deployment(), budget({ maxUnavailable: 1 })], [deployment(), budget({ minAvailable: 2 })])).toEqual(
      [],
    );
  });

  test('that guard nothing', () => {
    const nobody = budget({ selector: { matchLabels: { app: 'nobody' } }, maxUnavailable: 1 });
    expect(change([deployment()], [deployment(), nobody])).toEqual([
      "notice: PodDisruptionBudget 'shop/web' guards nothing: it selects no pods of the set",
    ]);
  });

  test('under an autoscaler that goes lower', () => {
    const scaled = (min: number) => [
      deployment({ replicas: undefined }),
      autoscaler(min, 10),
      budget({ minAvailable: 2 }),
    ];
    expect(change(scaled(3), scaled(2))).toEqual([
      "danger: PodDisruptionBudget 'shop/web' lets no pod be evicted any more: nodes with its pods cannot be drained",
    ]);
  });

  test('that are left behind', () => {
    expect(change([deployment(), budget({ maxUnavailable: 1 })], [deployment()])).toEqual([
      "notice: PodDisruptionBudget 'shop/web' stays, and still limits evictions of the pods of Deployment 'shop/web'",
    ]);
    expect(change([deployment(), budget({ maxUnavailable: 1 })], [])).toEqual([]);
  });
});

describe('levels of Pod Security', () => {
  const namespace = (labels: object) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', labels } });
  const level = (name: string) => namespace({ 'pod-security.kubernetes.io/enforce': name });

  test('that refuse pods which run', () => {
    expect(said(effectsOf([level('baseline'), deployment()], [level('restricted'), deployment()]))).toEqual([
      "danger: the running pods of Deployment 'shop/web' stay, and new ones are refused: they have no securityContext.allowPrivilegeEscalation: false in container 'main'",
      "notice: namespace 'shop' enforces level 'restricted:latest' instead of 'baseline:latest'",
    ]);
    expect(said(effectsOf([namespace({}), deployment()], [level('baseline'), deployment()]))).toEqual([
      "notice: namespace 'shop' enforces level 'baseline:latest' for the first time",
    ]);
  });

  test('that are given up, and modes that refuse nothing', () => {
    const version = {
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/enforce-version': 'v1.30',
    };
    expect(said(effectsOf([level('baseline')], [level('privileged')]))).toEqual([
      "notice: namespace 'shop' enforces level 'privileged:latest' instead of 'baseline:latest'",
    ]);
    expect(said(effectsOf([level('baseline')], [namespace(version)]))).toEqual([
      "notice: namespace 'shop' enforces level 'baseline:v1.30' instead of 'baseline:latest'",
    ]);
    expect(
      said(
        effectsOf(
          [namespace({ 'pod-security.kubernetes.io/warn': 'baseline' })],
          [namespace({ 'pod-security.kubernetes.io/warn': 'restricted' })],
        ),
      ),
    ).toEqual([]);
  });
});

describe('versions of Kubernetes', () => {
  const between = (kubernetesVersionBefore: string, kubernetesVersion: string, ...objects: object[]) =>
    said(effectsOf(objects, objects, { kubernetesVersionBefore, kubernetesVersion }), 'version');
  const policy = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: 'a' },
    spec: {},
  };
  const slice = (apiVersion: string) => ({ apiVersion, kind: 'FlowSchema', metadata: { name: 'a' }, spec: {} });

  test('that no longer serve a version, or do not yet', () => {
    expect(between('1.31', '1.32', slice('flowcontrol.apiserver.k8s.io/v1beta3'))).toEqual([
      "danger: Kubernetes 1.32 no longer serves flowcontrol.apiserver.k8s.io/v1beta3 of FlowSchema 'a': write flowcontrol.apiserver.k8s.io/v1",
    ]);
    expect(between('1.33', '1.34', slice('flowcontrol.apiserver.k8s.io/v1beta3'))).toEqual([]);
    expect(between('1.36', '1.35', policy)).toEqual([
      "danger: Kubernetes 1.35 does not know admissionregistration.k8s.io/v1 of MutatingAdmissionPolicy 'a' yet",
    ]);
    expect(between('1.35', '1.36', policy)[0]).toContain('after a way back to 1.35 it is refused');
  });

  test('that drop fields, in both directions', () => {
    const set = deployment({}, { hostnameOverride: 'a' });
    expect(between('1.35', '1.34', set)).toEqual([
      "danger: Kubernetes 1.34 drops spec.template.spec.hostnameOverride of Deployment 'shop/web', which 1.35 keeps",
    ]);
    expect(between('1.34', '1.35', set)).toEqual([
      "notice: Kubernetes 1.34 drops spec.template.spec.hostnameOverride of Deployment 'shop/web': after a way back it does nothing",
    ]);
    expect(between('1.36', '1.36', set)).toEqual([]);
  });
});
