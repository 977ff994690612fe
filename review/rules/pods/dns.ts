import type { PodDNSConfig } from '../../../imports/kubernetes';
import { podSpecField } from '../../../kube/pod-containers';
import type { Rule } from '../../rule';
import { checkSuspects, suspectPods } from '../../suspects';

/** A pod whose DNS settings the API server refuses. */
export const rule: Rule = {
  id: 'pods/dns',
  title: 'dnsPolicy None comes with name servers, of which there are at most three',
  severity: 'error',
  why: 'The API server refuses a pod with dnsPolicy None and no name server, more than 3 name servers, or more than 32 search domains.',
  refusedBy: 'api-server',
  source: 'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config',
  bad: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  dnsPolicy: None
  containers: [{ name: web, image: registry.example.com/web:1 }]
`,
  good: `
apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  dnsPolicy: None
  dnsConfig: { nameservers: [10.100.0.10] }
  containers: [{ name: web, image: registry.example.com/web:1 }]
`,
  check: checkSuspects(
    suspectPods(
      ({ spec: { dnsPolicy, dnsConfig } }) => dnsPolicy === 'None' || (dnsConfig !== undefined && isLong(dnsConfig)),
    ),
    (pod, report) => {
      const { dnsPolicy, dnsConfig } = pod.spec;
      const field = `${podSpecField(pod)}.dnsConfig`;
      const { nameservers = [], searches = [] } = dnsConfig ?? {};
      if (dnsPolicy === 'None' && nameservers.length === 0) {
        const message = `${field}.nameservers is required with dnsPolicy None`;
        report(pod, { message, fix: 'write the addresses of 1 to 3 name servers', field: `${field}.nameservers` });
      }
      if (nameservers.length > 3 || searches.length > 32) {
        const message = `${field} must have at most 3 name servers and 32 search domains, but has ${nameservers.length} and ${searches.length}`;
        report(pod, { message, fix: 'delete the others', field });
      }
    },
  ),
};

const isLong = ({ nameservers, searches }: PodDNSConfig): boolean =>
  (nameservers !== undefined && nameservers.length > 3) || (searches !== undefined && searches.length > 32);
