import { type EksApp, Expose } from 'cdk8s-eks-patterns';
import type { Construct } from 'constructs';
import { appOf, existingCluster, manifests, newApp, newAutoCluster, newCluster, newTenant, web } from '../support/app';
import { findingsOf } from '../support/findings';

const props = { host: 'shop.example.com', scheme: 'internal' } as const;

describe('a group of Ingresses in Auto Mode', () => {
  const share = (cluster: Construct, names = ['a', 'b']) =>
    names.map((name) => {
      const host = `${name}.example.com`;
      return web({ expose: Expose.alb({ ...props, host, group: 'shop' }) }, newTenant({}, cluster, name));
    });
  const classesOf = (app: EksApp) => manifests(app).filter(({ kind }) => kind.startsWith('IngressClass'));

  test('has a class with the group, which an annotation could not say', () => {
    const [a, b] = share(newAutoCluster(newApp()));
    for (const { ingress } of [a!, b!]) {
      const { metadata, spec } = ingress!.toJson();
      expect(spec!.ingressClassName).toBe('alb-shop');
      expect(Object.keys(metadata.annotations!).filter((name) => name.includes('/group.'))).toEqual([]);
    }
    const [params, ingressClass] = classesOf(appOf(a!)).filter(({ metadata }) => metadata.name === 'alb-shop');
    expect(params!.spec).toEqual({ group: { name: 'shop' } });
    expect(ingressClass!.spec).toEqual({
      controller: 'eks.amazonaws.com/alb',
      parameters: { apiGroup: 'eks.amazonaws.com', kind: 'IngressClassParams', name: 'alb-shop' },
    });
  });

  test('is written with the cluster, whichever of them comes first', () => {
    const names = (app: EksApp) => classesOf(app).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    const before = newApp();
    share(before);
    newAutoCluster(before);
    const expected = ['alb', 'alb-shop'].flatMap((name) => [`IngressClassParams/${name}`, `IngressClass/${name}`]);
    expect(names(before).sort()).toEqual(expected.sort());
    const existing = newApp();
    share(existingCluster(existing, { compute: 'auto', loadBalancerSubnets: { private: ['10.0.0.0/20'] } }));
    expect(names(existing).sort()).toEqual(['IngressClass/alb-shop', 'IngressClassParams/alb-shop']);
    const groups = newApp();
    share(newCluster(groups));
    expect(names(groups)).toEqual([]);
  });

  test('is accepted, with the order of its paths', () => {
    const app = newApp();
    const cluster = newAutoCluster(app);
    const [a, b] = [[], ['/api']].map((paths, i) => {
      const expose = Expose.alb({ ...props, group: 'shop', ...(paths.length > 0 ? { paths } : {}) });
      return web({ expose }, newTenant({}, cluster, `t${i}`));
    });
    const order = (one: typeof a) =>
      one!.ingress!.toJson().metadata.annotations!['alb.ingress.kubernetes.io/group.order'];
    expect([order(a), order(b)]).toEqual(['2', '1']);
    expect(findingsOf(() => app).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
