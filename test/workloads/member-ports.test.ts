import { Expose, Probe, WebService } from 'cdk8s-eks-patterns';
import { appOf, newTenant, podOf, stateful, synth, web, webProps } from '../support/app';
import { findingsOf, refusedBy } from '../support/findings';

const ports = { port: { http: 8080, jgroups: 7800 }, memberPorts: ['jgroups'] };
type Self = { domain: string };

describe('a WebService whose pods form a cluster', () => {
  test('has a headless Service for them, and keeps their ports from clients', () => {
    const idp = web({ ...ports, env: { QUERY: (self: Self) => self.domain } }, newTenant(), 'idp');
    expect(idp.headlessService!.toJson()).toMatchObject({
      metadata: { name: 'idp-headless' },
      spec: { clusterIP: 'None', publishNotReadyAddresses: true, ports: [{ port: 8080 }, { port: 7800 }] },
    });
    expect(idp.service.toJson().spec.ports.map(({ port }) => port)).toEqual([8080]);
    expect(idp.domain).toBe('idp-headless.shop.svc.cluster.local');
    expect(Object.values(idp.configMap!.toJson().data!)).toEqual([idp.domain]);
    expect(idp.ports).toEqual({ http: 8080, jgroups: 7800 });
    expect(findingsOf(() => appOf(idp))).toEqual([]);
  });

  test('opens all ports between the pods, and those of clients to clients', () => {
    const tenant = newTenant();
    const idp = web(ports, tenant, 'idp');
    const app = web({ connectsTo: [idp] }, tenant, 'app');
    const { ingress, egress } = idp.networkPolicy!.toJson().spec!;
    const itself = {
      ports: [
        { port: 8080, protocol: 'TCP' },
        { port: 7800, protocol: 'TCP' },
      ],
    };
    expect(ingress).toEqual(expect.arrayContaining([expect.objectContaining(itself)]));
    expect(egress).toEqual(expect.arrayContaining([expect.objectContaining(itself)]));
    expect(JSON.stringify(app.networkPolicy!.toJson().spec!.egress)).not.toContain('7800');
    expect(refusedBy(() => idp.on('jgroups'))).toEqual(['props/unsupported', '']);
  });

  test('may use the ports of clients', () => {
    const idp = web({ memberPorts: [] });
    expect(idp.headlessService).toBeDefined();
    expect(JSON.stringify(idp.networkPolicy!.toJson().spec!.ingress)).toContain('"app.kubernetes.io/name":"web"');
  });

  test('is no cluster by default: no Service, no policy, no domain', () => {
    const alone = web();
    expect(alone.headlessService).toBeUndefined();
    expect(alone.networkPolicy!.toJson().spec!.ingress).toBeUndefined();
    expect(refusedBy(() => alone.domain)).toEqual(['props/unsupported', 'memberPorts']);
    expect(refusedBy(() => web({ env: { A: (self: Self) => self.domain } }))).toEqual([
      'props/unsupported',
      'memberPorts',
    ]);
  });

  test.each([
    ['unsupported', 'memberPorts[0]', { ...ports, memberPorts: ['gossip'] }],
    ['forbidden', 'memberPorts[0]', { ...ports, memberPorts: ['http'] }],
    ['type', 'memberPorts', { ...ports, memberPorts: { jgroups: 7800 } }],
    ['forbidden', 'expose.port', { ...ports, expose: Expose.nlb({ scheme: 'internal', port: 'jgroups' }) }],
  ])('is refused: %s %s', (rule, field, props) => {
    expect(refusedBy(() => web(props))).toEqual([`props/${rule}`, field]);
  });

  test('is typed by its ports', () => {
    const probes = { readiness: Probe.http('/r'), liveness: Probe.tcp() };
    const typed = new WebService(newTenant(), 'typed', {
      ...webProps,
      probes,
      port: { http: 8080, jgroups: 7800 },
      memberPorts: ['jgroups'],
    });
    typed.on('http');
    // @ts-expect-error 'jgroups' is for the pods only
    expect(() => typed.on('jgroups')).toThrow();
  });
});

describe('a headless Service for clients', () => {
  test.each([web, stateful])('has no address of its own, and only pods that are ready', (make) => {
    const { spec } = make({ service: 'headless' }).service.toJson();
    expect([spec.clusterIP, spec.publishNotReadyAddresses]).toEqual(['None', undefined]);
    expect(make().service.toJson().spec).not.toHaveProperty('clusterIP');
  });

  test.each([
    ['forbidden', { service: 'headless', expose: Expose.nodePort() }],
    ['unsupported', { service: 'none' }],
  ])('is refused: %s', (rule, props) => {
    expect(refusedBy(() => web(props))).toEqual([`props/${rule}`, 'service']);
  });

  test('can be exposed, and called', () => {
    const tenant = newTenant();
    const api = web({ service: 'headless', expose: Expose.nlb({ scheme: 'internal' }) }, tenant, 'api');
    web({ connectsTo: [api], env: { API: api.address } }, tenant, 'app');
    expect(findingsOf(() => appOf(tenant))).toEqual([]);
  });
});

describe('a StatefulService without volumes', () => {
  const none = { storage: 'none', replicas: 2, port: { http: 8080, gossip: 7800 }, memberPorts: ['gossip'] };
  test('has names only', () => {
    const set = stateful(none);
    const { spec } = set.statefulSet.toJson();
    expect(spec).not.toHaveProperty('volumeClaimTemplates');
    expect(spec).not.toHaveProperty('persistentVolumeClaimRetentionPolicy');
    expect(set.hosts).toHaveLength(2);
    const app = appOf(set);
    const { steps } = synth(app);
    expect(steps).not.toContain('ebs');
  });

  test('needs no user of its own, since it writes to no volume, and may share a zone unless it has members', () => {
    const { topologySpreadConstraints } = podOf(stateful({ storage: 'none', user: 'image' })).spec;
    expect(topologySpreadConstraints![0]!.whenUnsatisfiable).toBe('ScheduleAnyway');
    expect(podOf(stateful(none)).spec.topologySpreadConstraints![0]).toMatchObject({ minDomains: 3 });
  });

  test('stops in the time of any other workload, and one with volumes in three times as much', () => {
    const grace = (props: Record<string, unknown>) => podOf(stateful(props)).spec.terminationGracePeriodSeconds;
    expect(grace({ storage: 'none' })).toBe(5 + 20 + 5);
    expect(grace({})).toBe(5 + 60 + 5);
    expect(grace({ shutdown: { drain: '2m' } })).toBe(5 + 120 + 5);
  });

  test('has no claims to keep', () => {
    const props = { ...none, persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete' } };
    expect(refusedBy(() => stateful(props))).toEqual(['props/forbidden', 'persistentVolumeClaimRetentionPolicy']);
  });
});
