import { type Inventory, type PodObject, title } from '../../../kube/inventory';
import { listed } from '../../../kube/text';
import { type Call, callsOf, type ServiceCall } from '../../network/calls';
import { placeOf, whereOf } from '../../pod-texts';
import { replicasOf } from '../../replicas';
import type { Rule } from '../../rule';

/** A host name that no pod behind a headless Service has. */
export const rule: Rule = {
  id: 'connections/member-name',
  title: 'host names of members behind a headless Service are those that its pods have',
  severity: 'warning',
  why: 'A headless Service has a DNS record for each pod with a host name: of a StatefulSet that names it by serviceName from ordinals.start on, of an indexed Job whose subdomain it is. Any other name does not resolve.',
  source:
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-hostname-and-subdomain-fields',
  bad: members('db-3.db-members'),
  good: members('db-2.db-members'),
  check: ({ inventory }, report) => {
    for (const pod of inventory.pods) {
      for (const call of callsOf(inventory, pod)) {
        if (call.to !== 'service' || !call.member || call.pods.length === 0) {
          continue;
        }
        const member = memberOf(call);
        if (member === undefined) {
          continue;
        }
        const { from, service, address, pods } = call;
        const hosts = pods.map((one) => hostsOf(inventory, one, service.manifest.metadata.name));
        if (!hosts.some((has) => has.isHost(member))) {
          const first = hosts[0]!;
          report(pod, {
            message: `${whereOf(from)} contains '${address.text}', but no pod behind ${title(service)} has the host name '${member}': ${first.has}`,
            fix: first.fix,
            ...placeOf(from),
          });
        }
      }
    }
  },
};

/** The host name in front of a Service: 'db-0' of 'db-0.db-members.shop'. */
function memberOf({ address: { host }, service }: Call & ServiceCall): string | undefined {
  const [first = '', second] = host.split('.');
  const { name } = service.manifest.metadata;
  return service.manifest.spec?.clusterIP === 'None' && first !== name && second === name ? first : undefined;
}

/** The host names that the pods of an object have below a Service. */
interface HostNames {
  readonly isHost: (name: string) => boolean;
  /** For messages. */
  readonly has: string;
  readonly fix: string;
}

function hostsOf(inventory: Inventory, pod: PodObject, service: string): HostNames {
  const { manifest, spec } = pod;
  const { kind, metadata } = manifest;
  const { serviceName, ordinals, completionMode, completions, jobTemplate } = (manifest.spec ?? {}) as {
    readonly serviceName?: string;
    readonly ordinals?: { readonly start?: number };
    readonly completionMode?: string;
    readonly completions?: number;
    readonly jobTemplate?: { readonly spec?: { readonly completionMode?: string } };
  };
  if (kind === 'StatefulSet') {
    const start = ordinals?.start ?? 0;
    return serviceName === service
      ? numbered(`${metadata.name}`, start, replicasOf(inventory, pod)?.max ?? 1, title(pod))
      : none(
          `${title(pod)} has the serviceName '${serviceName}'`,
          `write serviceName: ${service}, or call its members below '${serviceName}'`,
        );
  }
  const { hostname, subdomain } = spec;
  if (hostname !== undefined && subdomain === service) {
    return { isHost: (name) => name === hostname, has: `${title(pod)} has '${hostname}'`, fix: `write '${hostname}'` };
  }
  if (kind === 'Job' && completionMode === 'Indexed' && subdomain === service) {
    const known = numbered(`${metadata.name}`, 0, completions ?? 1, title(pod));
    return {
      ...known,
      fix: `${known.fix}; the name of a BatchJob ends in a hash of its content, which no text of the Job can have: write (self) => self.leader in a variable, with 'mesh'`,
    };
  }
  if (kind === 'CronJob' && jobTemplate?.spec?.completionMode === 'Indexed' && subdomain === service) {
    const form = new RegExp(`^${metadata.name}-\\d+-\\d+$`);
    return {
      isHost: (name) => form.test(name),
      has: `the names of the Jobs of ${title(pod)} end in a time`,
      fix: 'take the name of the Job from the label batch.kubernetes.io/job-name by a fieldRef',
    };
  }
  return none(
    `pods of ${title(pod)} have none`,
    kind === 'Job' || kind === 'CronJob'
      ? `write completionMode: Indexed, and subdomain: ${service} in the template`
      : 'call the Service itself, or run the members as a StatefulSet',
  );
}

function numbered(name: string, start: number, count: number, of: string): HostNames {
  const last = start + Math.max(count, 1) - 1;
  const range = last === start ? listed([`${name}-${start}`]) : `'${name}-${start}' to '${name}-${last}'`;
  return {
    isHost: (host) => {
      const ordinal = host.startsWith(`${name}-`) ? host.slice(name.length + 1) : '';
      return /^(0|[1-9]\d{0,5})$/.test(ordinal) && Number(ordinal) >= start && Number(ordinal) <= last;
    },
    has: `${of} has ${range}`,
    fix: `write one of ${range}`,
  };
}

function none(has: string, fix: string): HostNames {
  return { isHost: () => false, has, fix };
}

function members(host: string): string {
  return `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  replicas: 3
  serviceName: db-members
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: 'example.com/db:1', env: [{ name: SEED_HOST, value: '${host}:7000' }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: db-members, namespace: shop }
spec: { clusterIP: None, selector: { app: db }, ports: [{ port: 7000 }] }
`;
}
