import { Expose, KubeObject } from 'cdk8s-eks-patterns';
import { newTenant, web } from '../../support/app';
import { foundInApp, of, set } from './support';

const RULE = 'ingress/class';
const ingress = (spec: string, metadata = '') =>
  `{ apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: { name: web, namespace: shop, ${metadata} }, spec: { ${spec}${spec && ', '}defaultBackend: { service: { name: web, port: { number: 80 } } } } }`;
const ofClass = (name: string) => ingress(`ingressClassName: ${name}`);
const annotated = (name: string) => ingress('', `annotations: { kubernetes.io/ingress.class: ${name} }`);
const ingressClass = (name: string, metadata = '') =>
  `{ apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: { name: ${name}, ${metadata} }, spec: { controller: example.com/controller } }`;
const AUTO = `
apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: prod, region: us-west-2 }
autoModeConfig: { enabled: true }`;
const DEFAULT = "annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }";
const FIELD = 'spec.ingressClassName';

test.each<[string, string, string[]]>([
  ['no class', ingress(''), [`warning ${FIELD}`]],
  ['no class beside one that is not the default', set(ingressClass('nginx'), ingress('')), [`warning ${FIELD}`]],
  ['a class that nothing makes', ofClass('nginx'), [`warning ${FIELD}`]],
  ['one by the old annotation', annotated('nginx'), ["warning metadata.annotations['kubernetes.io/ingress.class']"]],
  ['a misspelt one', set(ingressClass('nginx'), ofClass('ngnix')), [`warning ${FIELD}`]],
  ["'alb' in Auto Mode, which makes no class", set(AUTO, ofClass('alb')), [`warning ${FIELD}`]],
  ["'alb' in Auto Mode that the set makes", set(AUTO, ingressClass('alb'), ofClass('alb')), []],
  ["'alb' of the chart of the controller", ofClass('alb'), []],
  ["'alb' by the annotation", annotated('alb'), []],
  ["'istio' by the annotation, which Istio compares itself", annotated('istio'), []],
  ["'istio' by the field, which needs a class", ofClass('istio'), [`warning ${FIELD}`]],
  ['a class of the set', set(ingressClass('nginx'), ofClass('nginx')), []],
  ['the default of the set', set(ingressClass('nginx', DEFAULT), ingress('')), []],
])('%s', (_what, yaml, expected) => {
  expect(of(RULE, yaml)).toEqual(expected);
});

test('a class that exists', () => {
  const existing = [{ kind: 'IngressClass', namespace: '', name: 'nginx' }];
  expect(of(RULE, ofClass('nginx'), existing)).toEqual([]);
  expect(of(RULE, ofClass('other'), existing)).toEqual([`warning ${FIELD}`]);
});

describe('the patterns', () => {
  const raw = (ingressClassName: string) => {
    const shop = newTenant();
    web({}, shop);
    new KubeObject(shop, 'ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name: 'more' },
      spec: { ingressClassName, defaultBackend: { service: { name: 'web', port: { number: 8080 } } } },
    } as never);
    return foundInApp(shop, RULE);
  };

  test('an app that shows the whole cluster is refused', () => {
    expect(raw('nginx')).toEqual([[RULE, 'error', FIELD]]);
    expect(raw('alb')).toEqual([]);
  });

  test('what a pattern exposes has its class', () => {
    expect(foundInApp(web({ expose: Expose.alb({ scheme: 'internal', host: 'a.example.com' }) }), RULE)).toEqual([]);
  });
});
