import type { NetworkPolicy, NetworkPolicyPeer } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { networkPolicies } from '../../network/policies';
import type { Rule } from '../../rule';

/** A policy that opens every address, those of the VPC included. */
export const rule: Rule = {
  id: 'security/egress-anywhere',
  title: 'egress to the internet excepts the addresses of the VPC',
  severity: 'advice',
  why: 'An egress rule to 0.0.0.0/0 without exceptions lets a pod reach every other pod, node and database of the VPC on that port, and send data to any server.',
  source: 'https://docs.aws.amazon.com/eks/latest/best-practices/network-security.html',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0 } }], ports: [{ port: 443 }] }] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress], egress: [{ to: [{ ipBlock: { cidr: 0.0.0.0/0, except: [10.0.0.0/8] } }], ports: [{ port: 443 }] }] }
`,
  check: ({ inventory }, report) => {
    for (const object of networkPolicies(inventory)) {
      const { egress = [] } = (object.manifest as unknown as Partial<NetworkPolicy>).spec ?? {};
      const i = egress.findIndex(({ to }) => to?.some(isEveryAddress));
      if (i >= 0) {
        const ports = (egress[i]!.ports ?? []).flatMap(({ port }) => port ?? []);
        report(object, {
          field: `spec.egress[${i}].to`,
          message: `${title(object)} lets pods out to every address${ports.length === 0 ? ' on every port' : ` on port ${ports.join(', ')}`}`,
          fix: 'except the ranges of the VPC, or use VPC endpoints and write their subnets',
        });
      }
    }
  },
};

const isEveryAddress = ({ ipBlock }: NetworkPolicyPeer): boolean =>
  ipBlock !== undefined && (ipBlock.cidr === '0.0.0.0/0' || ipBlock.cidr === '::/0') && !ipBlock.except?.length;
