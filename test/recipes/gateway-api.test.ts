import { type Manifest, manifests, PROGRAMS } from '../golden/programs';

const objects = manifests(PROGRAMS.find(({ name }) => name === 'gateway-api')!).map(({ manifest }) => manifest);
const ofKind = (kind: string): Manifest[] => objects.filter((object) => object?.kind === kind);
const find = (kind: string, name: string): Manifest => ofKind(kind).find(({ metadata }) => metadata.name === name);

/** The backends of a request to the shop: of the rules that fit, the one with the longest path, then with the most headers. */
function backendsOf(path: string, headers: Readonly<Record<string, string>> = {}): [name: string, weight: number][] {
  const routes = ofKind('HTTPRoute').filter(({ spec }) => spec.hostnames?.includes('shop.example.com'));
  const fitting = routes.flatMap(({ spec }) =>
    spec.rules.flatMap((rule: Manifest) =>
      rule.matches
        .filter(
          (match: Manifest) =>
            path.startsWith(match.path.value) &&
            (match.headers ?? []).every(({ name, value }: Manifest) => headers[name] === value),
        )
        .map((match: Manifest) => ({ rule, match })),
    ),
  );
  const weight = ({ match }: Manifest): number => match.path.value.length * 100 + (match.headers ?? []).length;
  const [first] = fitting.sort((a, b) => weight(b) - weight(a));
  return (first.rule.backendRefs ?? []).map(({ name, weight: of }: Manifest) => [name, of]);
}

test('the canary gets those who ask for it, and one in ten of the others', () => {
  expect(backendsOf('/cart', { 'x-canary': 'always' })).toEqual([['web-canary', 1]]);
  expect(backendsOf('/cart', { 'x-canary': 'never' })).toEqual([
    ['web', 90],
    ['web-canary', 10],
  ]);
  expect(backendsOf('/start')).toEqual([]);
});

test('both teams have routes of one Gateway, which takes those of no other namespace', () => {
  const parents = [...ofKind('HTTPRoute'), ...ofKind('GRPCRoute')].map(({ spec }) => spec.parentRefs[0]);
  expect(new Set(parents.map(({ name }) => name))).toEqual(new Set(['edge']));
  const [http, https] = find('Gateway', 'edge').spec.listeners;
  expect(http.allowedRoutes.namespaces).toEqual({ from: 'Same' });
  const [{ values }] = https.allowedRoutes.namespaces.selector.matchExpressions;
  expect(values).toEqual(['platform', 'shop', 'catalog']);
});

test('every target is a pod, which is asked as its readiness probe asks', () => {
  const groups = ofKind('TargetGroupConfiguration').map(({ spec }) => spec.defaultConfiguration);
  expect(groups.map(({ targetType }) => targetType)).toEqual(['ip', 'ip', 'ip']);
  const { healthCheckConfig, protocolVersion } = find('TargetGroupConfiguration', 'products').spec.defaultConfiguration;
  expect([protocolVersion, healthCheckConfig.healthCheckPath]).toEqual(['GRPC', '/grpc.health.v1.Health/Check']);
  for (const namespace of ['shop', 'catalog']) {
    expect(find('Namespace', namespace).metadata.labels['elbv2.k8s.aws/pod-readiness-gate-inject']).toBe('enabled');
  }
});
