import { ACME_SOLVER, ISSUER_ANNOTATIONS } from '../../../eks/dns-and-certificates';
import type { NetworkPolicy } from '../../../imports/kubernetes';
import { type Inventory, type InventoryObject, title } from '../../../kube/inventory';
import { groupOf } from '../../../kube/kinds';
import { asList, asObject } from '../../../kube/loose';
import { selects } from '../../../kube/objects';
import { keyPath } from '../../../kube/text';
import { kindsIn } from '../../kinds';
import { allowsPort } from '../../network/allows';
import { policiesAreKnown } from '../../network/policies';
import type { Rule } from '../../rule';

const GROUP = 'cert-manager.io';
const LABELS = { [ACME_SOLVER.label]: 'true' };

/** Certificates by HTTP-01 in a namespace that closes the pods with the answer. */
export const rule: Rule = {
  id: 'network-policies/acme-solver',
  title: 'network policies let the answers to HTTP-01 challenges out of the namespace of a certificate',
  severity: 'warning',
  why: 'cert-manager answers each challenge by a pod beside the Certificate, which the authority calls through the load balancer. Where a policy of the namespace closes that pod, the certificate is never issued, and renewals fail weeks later.',
  source: 'https://cert-manager.io/docs/installation/best-practice/#network-requirements-and-network-policy',
  bad: manifests(''),
  good: manifests(`---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: challenges, namespace: shop }
spec:
  podSelector: { matchLabels: { acme.cert-manager.io/http01-solver: 'true' } }
  policyTypes: [Ingress]
  ingress: [{ ports: [{ port: 8089 }] }]
`),
  check: ({ inventory }, report) => {
    if (!policiesAreKnown(inventory) || inventory.view(issuersByHttp).size === 0) {
      return;
    }
    const closed = new Map<string, boolean>();
    for (const { object, issuer, field } of certificates(inventory)) {
      const { namespace } = object;
      if (!isByHttp(inventory, issuer)) {
        continue;
      }
      const isClosed = closed.get(namespace) ?? closesSolvers(inventory, namespace);
      closed.set(namespace, isClosed);
      if (isClosed) {
        report(object, {
          message: `${title(object)} has its certificate by HTTP-01, and the network policies of namespace '${namespace}' close the pods that answer the challenges`,
          fix: `add a NetworkPolicy for pods with the label ${ACME_SOLVER.label}: 'true' that admits port ${ACME_SOLVER.port} from the load balancer, or use a solver of DNS-01`,
          field,
        });
      }
    }
  },
};

/** What asks for a certificate, and the 'kind/namespace/name' of its issuer. */
interface Asked {
  readonly object: InventoryObject;
  readonly issuer: string;
  readonly field: string;
}

const issuerKey = (kind: string, namespace: string, name: unknown): string =>
  `${kind}/${kind === 'ClusterIssuer' ? '' : namespace}/${String(name)}`;

function certificates(inventory: Inventory): readonly Asked[] {
  const own = inventory.ofKind('Certificate', GROUP).map((object): Asked => {
    const { kind, name } = asObject(object.manifest.spec?.issuerRef);
    const ofCluster = kind === 'ClusterIssuer' ? kind : 'Issuer';
    return { object, issuer: issuerKey(ofCluster, object.namespace, name), field: 'spec.issuerRef' };
  });
  const annotated = inventory.ofKind('Ingress', 'networking.k8s.io').flatMap((object) =>
    Object.entries(ISSUER_ANNOTATIONS).flatMap(([annotation, kind]): Asked[] => {
      const name = object.manifest.metadata.annotations?.[annotation];
      const field = keyPath('metadata.annotations', annotation);
      return name === undefined ? [] : [{ object, issuer: issuerKey(kind, object.namespace, name), field }];
    }),
  );
  return [...own, ...annotated];
}

/** Whether all solvers of an issuer of the set are of HTTP-01; of one elsewhere it is not known. */
function isByHttp(inventory: Inventory, issuer: string): boolean {
  return inventory.view(issuersByHttp).has(issuer);
}

const issuersByHttp = (inventory: Inventory): ReadonlySet<string> =>
  new Set(
    (['Issuer', 'ClusterIssuer'] as const).flatMap((kind) =>
      inventory.ofKind(kind, GROUP).flatMap(({ manifest, namespace }) => {
        const solvers = asList(asObject(manifest.spec?.acme).solvers);
        const byHttp = solvers.length > 0 && solvers.every(({ http01 }) => http01 !== undefined);
        return byHttp ? [issuerKey(kind, namespace, manifest.metadata.name)] : [];
      }),
    ),
  );

/** Whether policies select the pods of solvers, and none of their rules admits their port. Other APIs may open it. */
function closesSolvers(inventory: Inventory, namespace: string): boolean {
  const specs = inventory.inNamespace(namespace).flatMap(({ manifest: { apiVersion, kind, spec } }) => {
    const policy = (spec ?? {}) as Partial<NetworkPolicy['spec']>;
    const isPolicy = kind === 'NetworkPolicy' && groupOf(apiVersion) === 'networking.k8s.io';
    const isIngress = (policy.policyTypes ?? ['Ingress']).includes('Ingress');
    return isPolicy && isIngress && selects(policy.podSelector ?? {}, LABELS) ? [policy] : [];
  });
  const admits = specs.some(({ ingress = [] }) =>
    ingress.some(({ ports }) => allowsPort(ports, { port: ACME_SOLVER.port, protocol: 'TCP' }, undefined)),
  );
  return specs.length > 0 && !admits && !inventory.view(hasOtherApis);
}

const hasOtherApis = (inventory: Inventory): boolean =>
  kindsIn(inventory).some(
    ({ apiVersion, kind }) => kind.endsWith('NetworkPolicy') && groupOf(apiVersion) !== 'networking.k8s.io',
  );

function manifests(policy: string): string {
  return `
apiVersion: cert-manager.io/v1
kind: Issuer
metadata: { name: letsencrypt, namespace: shop }
spec:
  acme:
    server: https://acme-v02.api.letsencrypt.org/directory
    privateKeySecretRef: { name: letsencrypt }
    solvers: [{ http01: { ingress: { ingressClassName: nginx } } }]
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, namespace: shop }
spec: { secretName: web-tls, dnsNames: [shop.example.com], issuerRef: { name: letsencrypt, kind: Issuer } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
${policy}`;
}
