import { title } from '../../../kube/inventory';
import { calledServices } from '../../called-services';
import { admissionOfPod } from '../../network/from-outside';
import type { Rule } from '../../rule';
import { servicesByName } from '../../services';

/** The control plane of EKS calls from network interfaces in the subnets of the cluster, and is no pod. */
export const rule: Rule = {
  id: 'webhooks/unreachable',
  title: 'network policies let the control plane in to the pods of a webhook',
  severity: 'warning',
  why: 'The control plane of EKS calls webhooks and aggregated APIs from the subnets of the cluster. Policies whose rules name pods and namespaces only drop these calls: they time out, and with failurePolicy Fail so does every request that needs the webhook.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: policy, namespace: guard, labels: { app: policy } }
spec: { containers: [{ name: policy, image: policy:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 443, targetPort: 8443 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: policy, namespace: guard }
spec: { podSelector: {}, ingress: [{ from: [{ namespaceSelector: {} }] }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: check.example.com, clientConfig: { service: { namespace: guard, name: policy } } }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: policy, namespace: guard, labels: { app: policy } }
spec: { containers: [{ name: policy, image: policy:1 }] }
---
apiVersion: v1
kind: Service
metadata: { name: policy, namespace: guard }
spec: { selector: { app: policy }, ports: [{ port: 443, targetPort: 8443 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: policy, namespace: guard }
spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: 192.168.0.0/16 } }], ports: [{ port: 8443 }] }] }
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: { name: policy }
webhooks: [{ name: check.example.com, clientConfig: { service: { namespace: guard, name: policy } } }]
`,
  check: (input, report) => {
    const { inventory } = input;
    const reported = new Set<string>();
    for (const { object, what, namespace, name, port, field } of calledServices(inventory)) {
      const service = servicesByName(inventory).named(namespace, name);
      const own = service?.ports.find((one) => one.port === port);
      const target = own?.targetPort ?? own?.port;
      const about = `${namespace}/${name}:${port}`;
      if (!service || target === undefined || reported.has(about)) {
        continue;
      }
      const closed = service.pods.find((pod) => admissionOfPod(input, pod, own, 'vpc') !== 'open');
      if (closed) {
        reported.add(about);
        report(object, {
          message: `${what} of ${title(object)} calls ${title(service)}, but the network policies of ${title(closed)} do not let the control plane in to port ${target}`,
          field,
          fix: `add an ingress rule with the addresses of the cluster's subnets: from: [{ ipBlock: { cidr: '<the CIDR of the VPC>' } }], ports: [{ port: ${target} }]; of a pattern by acceptsFrom: [Peer.controlPlane()]`,
        });
      }
    }
  },
};
