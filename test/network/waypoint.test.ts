import { KubeObject, Mesh, Peer, Tenant } from 'cdk8s-eks-patterns';
import { appOf, find, newCluster, synth, web } from '../support/app';
import { egress, ingress, pods } from './support';

/** As docs/mesh.md has it: a waypoint in a namespace of its own, in front of one Service. */
function behindWaypoint() {
  const cluster = newCluster();
  const mesh = Mesh.istio({ mode: 'ambient', namespaces: ['waypoints'] });
  const shop = new Tenant(cluster, 'shop', { mesh });
  const waypoint = { namespace: 'waypoints', name: 'waypoint' };
  const catalog = web(
    {
      acceptsFrom: [Peer.workload(waypoint, 8080)],
      customize: {
        service: (service: { metadata: { labels: Record<string, string> } }) => {
          service.metadata.labels['istio.io/use-waypoint'] = 'waypoint';
          service.metadata.labels['istio.io/use-waypoint-namespace'] = 'waypoints';
        },
      },
    },
    shop,
    'catalog',
  );
  const caller = web({ connectsTo: [catalog, Peer.workload(waypoint, 15008)] }, shop, 'web');
  new KubeObject(shop, 'read-only', {
    apiVersion: 'security.istio.io/v1',
    kind: 'AuthorizationPolicy',
    metadata: { name: 'catalog-read-only', namespace: 'shop' },
    spec: {
      targetRefs: [{ group: '', kind: 'Service', name: 'catalog' }],
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['cluster.local/ns/shop/sa/web'] } }],
          to: [{ operation: { methods: ['GET'], paths: ['/products/*'] } }],
        },
      ],
    },
  });
  return { catalog, caller, output: synth(appOf(shop)) };
}

test('a waypoint of the program is admitted at both ends, by its namespace', () => {
  const { catalog, caller, output } = behindWaypoint();
  const waypoint = pods('waypoint', 'waypoints');
  expect(egress(caller)).toContainEqual({ peers: [waypoint], ports: ['15008/TCP'] });
  const tunnels = ingress(catalog).filter(({ ports }) => ports.includes('15008/TCP'));
  expect(tunnels.flatMap(({ peers }) => peers)).toContainEqual(waypoint);
  const policy = find(output.manifests, 'AuthorizationPolicy', 'catalog');
  const from = policy.spec.rules.flatMap((rule: { from: { source: object }[] }) =>
    rule.from.map(({ source }) => source),
  );
  expect(from).toContainEqual(expect.objectContaining({ namespaces: ['waypoints'] }));
  expect(find(output.manifests, 'Service', 'catalog').metadata.labels).toMatchObject({
    'istio.io/use-waypoint': 'waypoint',
  });
});
