/**
 * Objects of cdk8s-plus and of this library in one program. scripts/test-package.mjs compiles and runs it beside each version of
 * cdk8s-plus too.
 */
import { Cluster, EksApp, harden, Peer, Probe, Tenant, WebService } from 'cdk8s-eks-patterns';
import * as plus from 'cdk8s-plus-28';

export const app = new EksApp();
const cluster = new Cluster(app, 'prod', { region: 'us-west-2', version: '1.35', autoMode: true });
const shop = new Tenant(cluster, 'shop', {
  defaults: {
    user: 1000,
    resources: { cpu: '100m', memory: '128Mi' },
    probes: { readiness: Probe.http('/readyz'), liveness: Probe.tcp() },
  },
});
const selected = plus.Pods.select(shop, 'selected', { labels: { app: 'grafana' } });
const office = plus.NetworkPolicyIpBlock.ipv4(shop, 'office', '198.51.100.0/24');
export const web = new WebService(shop, 'web', {
  image: 'web:1',
  port: { http: 8080, admin: 9090 },
  env: { GREETING: plus.EnvValue.fromValue('hello') },
  connectsTo: [Peer.of(selected, 3000)],
  acceptsFrom: [selected, office, shop, Peer.cidr('203.0.113.0/24', 9090)],
});
const peers: plus.INetworkPolicyPeer[] = [web, shop];
const subject: plus.ISubject = web;
export const namespaces: plus.INamespaceSelector = shop;
new plus.NetworkPolicy(shop, 'policy', {
  selector: web,
  ingress: { rules: peers.map((peer) => ({ peer })) },
});
harden(new plus.Deployment(shop, 'legacy', { containers: [{ image: 'legacy:1.2.0', portNumber: 8080 }] }), {
  user: 1000,
});
const role = new plus.Role(shop, 'role');
role.allowRead(plus.ApiResource.CONFIG_MAPS);
role.bind(subject);
