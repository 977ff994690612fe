import { of, set } from './support';

const RULE = 'ingress/ssl-redirect';
const ALB = 'alb.ingress.kubernetes.io/';
const CERTIFICATE = { 'certificate-arn': 'arn:aws:acm:us-west-2:111122223333:certificate/1234' };
const BOTH = { 'listen-ports': '[{"HTTP":80},{"HTTPS":443}]' };
const ingress = (annotations: Readonly<Record<string, string>>, name = 'a') =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: ${name}, namespace: shop, annotations: ${JSON.stringify(
    Object.fromEntries(Object.entries(annotations).map(([key, value]) => [`${ALB}${key}`, value])),
  )} }, spec: { ingressClassName: alb, rules: [{ host: a.example.com, http: { paths: [{ path: /${name}, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] } }`;
const redirect = { 'ssl-redirect': '443' };
const shared = { 'group.name': 'shop' };
const FIELD = `metadata.annotations['${ALB}ssl-redirect']`;

test.each<[string, string, string[]]>([
  ['both listeners', ingress({ ...BOTH, ...redirect }), []],
  ['another port', ingress({ ...BOTH, 'ssl-redirect': '8443' }), [`error ${FIELD}`]],
  ['a port of HTTP', ingress({ ...BOTH, 'ssl-redirect': '80' }), [`error ${FIELD}`]],
  ['no listener that is written', ingress(redirect), [`error ${FIELD}`]],
  [
    'a certificate alone, which listens for HTTPS alone',
    ingress({ ...CERTIFICATE, ...redirect }),
    [`warning ${FIELD}`],
  ],
  ['a listener of another member', set(ingress({ ...shared, ...redirect }), ingress({ ...shared, ...BOTH }, 'b')), []],
  ['a group whose other members are not known', ingress({ ...shared, ...redirect }), [`warning ${FIELD}`]],
  ['no redirect', ingress({ 'listen-ports': '[{"HTTP":80}]' }), []],
  ['what is no number', ingress({ ...BOTH, 'ssl-redirect': 'https' }), []],
])('%s', (_what, yaml, expected) => {
  expect(of(RULE, yaml)).toEqual(expected);
});
