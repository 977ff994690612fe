import { of } from './support';

const RULE = 'ingress/action';
const ALB = 'alb.ingress.kubernetes.io/';
const ingress = (annotations: Readonly<Record<string, unknown>>, port = 'name: use-annotation') =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: i, namespace: shop, annotations: ${JSON.stringify(
    Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [
        `${ALB}${key}`,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  )} }, spec: { ingressClassName: alb, defaultBackend: { service: { name: all, port: { ${port} } } } } }`;
const forward = (...targetGroups: readonly object[]) => ({ type: 'forward', forwardConfig: { targetGroups } });
const redirect = (redirectConfig: object) => ({ type: 'redirect', redirectConfig });
const web = { serviceName: 'web', servicePort: 80 };
const group = { targetGroupARN: 'arn:aws:elasticloadbalancing:us-west-2:111122223333:targetgroup/a/1' };

test.each<[string, object, boolean]>([
  ['a redirect', redirect({ protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' }), true],
  ['keys with capitals', { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' } }, true],
  ['a redirect without a code', redirect({ protocol: 'HTTPS' }), false],
  ['a code as number', redirect({ statusCode: 301 }), false],
  ['a port as number', redirect({ port: 443, statusCode: 'HTTP_301' }), false],
  ['a redirect without its configuration', { type: 'redirect' }, false],
  [
    'a response',
    { type: 'fixed-response', fixedResponseConfig: { contentType: 'text/plain', statusCode: '503' } },
    true,
  ],
  ['a response with a code as number', { type: 'fixed-response', fixedResponseConfig: { statusCode: 503 } }, false],
  ['one target', forward(web), true],
  ['a target group by its ARN', { type: 'forward', ...group }, true],
  ['both forms', { ...forward(web), ...group }, false],
  ['neither form', { type: 'forward' }, false],
  ['a Service without a port', forward({ serviceName: 'web' }), false],
  ['a Service and an ARN', forward({ ...web, ...group }), false],
  ['an empty target', forward({}), false],
  ['two with weights', forward({ ...web, weight: 90 }, { ...group, weight: 10 }), true],
  ['two without weights', forward({ ...web, weight: 90 }, group), false],
  ['another type', { type: 'authenticate-oidc' }, false],
  ['no type', {}, false],
])('%s', (_what, action, right) => {
  const field = `metadata.annotations['${ALB}actions.all']`;
  expect(of(RULE, ingress({ 'actions.all': action }))).toEqual(right ? [] : [`error ${field}`]);
  // an action that no backend names is not read
  expect(of(RULE, ingress({ 'actions.all': action }, 'number: 80'))).toEqual([]);
});

test('a default backend has its action too', () => {
  expect(of(RULE, ingress({}))).toEqual([`error metadata.annotations['${ALB}actions.all']`]);
});

test.each<[string, readonly object[], boolean]>([
  ['none', [], true],
  ['a header', [{ field: 'http-header', httpHeaderConfig: { httpHeaderName: 'a', values: ['b'] } }], true],
  ['a path by an expression', [{ field: 'path-pattern', pathPatternConfig: { regexValues: ['^/a'] } }], true],
  ['no values', [{ field: 'source-ip', sourceIPConfig: { values: [] } }], false],
  ['the configuration of another field', [{ field: 'host-header', pathPatternConfig: { values: ['/a'] } }], false],
  ['an unknown field', [{ field: 'cookie', cookieConfig: { values: ['a'] } }], false],
])('conditions: %s', (_what, conditions, right) => {
  const yaml = ingress({ 'conditions.all': conditions }, 'number: 80');
  expect(of(RULE, yaml)).toEqual(right ? [] : [`error metadata.annotations['${ALB}conditions.all']`]);
});
