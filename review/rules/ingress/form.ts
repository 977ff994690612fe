import type {
  HTTPIngressPath,
  IngressBackend,
  IngressRule,
  IngressSpec,
  ServiceBackendPort,
} from '../../../imports/kubernetes';
import { isIP, isIPv4 } from '../../../kube/cidr';
import { type InventoryObject, title } from '../../../kube/inventory';
import { isDnsLabel, isPortName, isPortNumber, isSubdomain } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import { Places } from '../../places';
import type { Rule } from '../../rule';

/** Hosts, paths and backends of Ingresses. */
export const rule: Rule = {
  id: 'ingress/form',
  title: 'hosts, paths and backends of an Ingress are valid',
  severity: 'error',
  why: 'The API server refuses the object: a host is a DNS name, a path begins with a slash, and a backend is a Service with one port, or a resource.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource',
  refusedBy: 'api-server',
  bad: ingress('https://shop.example.com'),
  good: ingress('shop.example.com'),
  check: ({ inventory }, report) => {
    // one class serves most of them
    let plainClass: string | undefined;
    for (const object of inventory.ofKind('Ingress', 'networking.k8s.io')) {
      const { ingressClassName } = (object.manifest.spec ?? {}) as Partial<IngressSpec>;
      if (ingressClassName !== undefined && ingressClassName !== plainClass && isSubdomain(ingressClassName)) {
        plainClass = ingressClassName;
      }
      if (ingressClassName === plainClass && isPlainIngress(object)) {
        continue;
      }
      const places = new Places(report, object);
      checkIngress(object, (field, message, fix) =>
        places.add(message, { message: `${message} in ${title(object)}`, fix, field }),
      );
      places.finish();
    }
  },
};

type Add = (field: string, message: string, fix: string) => void;

function checkIngress({ manifest }: InventoryObject, add: Add): void {
  const { defaultBackend, rules = [], tls = [], ingressClassName } = (manifest.spec ?? {}) as Partial<IngressSpec>;
  const annotated = manifest.metadata.annotations?.['kubernetes.io/ingress.class'];
  if (!defaultBackend && rules.length === 0) {
    add('spec', 'there is neither a defaultBackend nor a rule', 'write the Service that requests go to');
  }
  if (ingressClassName !== undefined && !isSubdomain(ingressClassName)) {
    add(
      'spec.ingressClassName',
      `ingressClassName must be a DNS name, but is '${ingressClassName}'`,
      'write the name of an IngressClass',
    );
  } else if (ingressClassName !== undefined && annotated !== undefined && annotated !== ingressClassName) {
    add(
      'spec.ingressClassName',
      `ingressClassName is '${ingressClassName}', and the annotation kubernetes.io/ingress.class '${annotated}'`,
      'delete the annotation',
    );
  }
  if (defaultBackend) {
    checkBackend(defaultBackend, 'spec.defaultBackend', add);
  }
  // mostly that of the certificate, too
  let known: string | undefined;
  rules.forEach((rule, i) => {
    if (isPlain(rule)) {
      known = rule.host;
      return;
    }
    const { host = '', http } = rule;
    const at = indexPath('spec.rules', i);
    if (host !== '') {
      checkHost(host, `${at}.host`, add);
    }
    if (http && (http.paths ?? []).length === 0) {
      add(`${at}.http.paths`, 'http has no paths', "write the path '/' with its backend");
    }
    (http?.paths ?? []).forEach((path, j) => {
      checkPath(path, indexPath(`${at}.http.paths`, j), add);
    });
  });
  tls.forEach(({ hosts = [] }, i) => {
    hosts.forEach((host, j) => {
      if (host !== known && !isIP(host)) {
        checkHost(host, indexPath(`${indexPath('spec.tls', i)}.hosts`, j), add);
      }
    });
  });
}

/** A name with dots and digits alone may be an address of IPv4; one of IPv6 is no name. */
const isHost = (host: string): boolean => isSubdomain(host.startsWith('*.') ? host.slice(2) : host) && !isIPv4(host);

/** Whether an Ingress has nothing but plain rules and their hosts, as nearly all; its class is not looked at. */
function isPlainIngress({ manifest }: InventoryObject): boolean {
  const { defaultBackend, rules, tls } = (manifest.spec ?? {}) as Partial<IngressSpec>;
  if (
    defaultBackend ||
    !rules?.length ||
    manifest.metadata.annotations?.['kubernetes.io/ingress.class'] !== undefined
  ) {
    return false;
  }
  for (const rule of rules) {
    if (!isPlain(rule)) {
      return false;
    }
  }
  const { host } = rules[rules.length - 1]!;
  return tls === undefined || tls.every(({ hosts }) => hosts === undefined || hosts.every((name) => name === host));
}

/** Whether a rule is of the form that nearly all have, so that no field needs to be named. */
function isPlain({ host = '', http }: IngressRule): boolean {
  return (host === '' || isHost(host)) && http?.paths?.length !== 0 && http?.paths?.every(isPlainPath) === true;
}

function isPlainPath({ path = '', backend }: HTTPIngressPath): boolean {
  const { service, resource } = backend ?? {};
  return (
    path.startsWith('/') &&
    !REFUSED.test(path) &&
    service !== undefined &&
    resource === undefined &&
    isDnsLabel(service.name ?? '') &&
    isPlainPort(service.port)
  );
}

function isPlainPort(port: ServiceBackendPort | undefined): boolean {
  return port?.name ? !port.number && isPortName(port.name) : isPortNumber(port?.number);
}

function checkHost(host: string, field: string, add: Add): void {
  if (!isHost(host)) {
    add(
      field,
      `a host must be a DNS name in lowercase, with at most '*.' in front, but is '${host}'`,
      "write for example 'shop.example.com', without scheme, port and path",
    );
  }
}

/** What stands between slashes is compared part by part, so that these have no meaning. */
const REFUSED = /\/\/|\/\.\.?(\/|$)|%2f/i;

function checkPath({ path = '', pathType, backend }: HTTPIngressPath, at: string, add: Add): void {
  const isFree = pathType === 'ImplementationSpecific';
  if (!path.startsWith('/') && !(isFree && path === '')) {
    add(`${at}.path`, `a path must begin with '/', but is '${path}'`, `write '/${path}'`);
  } else if (!isFree && REFUSED.test(path)) {
    add(
      `${at}.path`,
      `a path must not have '//', '/./', '/../' or '%2f', but is '${path}'`,
      'write the path as the requests have it',
    );
  }
  if (backend) {
    checkBackend(backend, `${at}.backend`, add);
  }
}

function checkBackend({ service, resource }: IngressBackend, field: string, add: Add): void {
  if (!service === !resource) {
    add(
      field,
      service ? 'a backend has a service and a resource' : 'a backend has neither a service nor a resource',
      'write service: { name, port }',
    );
  }
  if (!service) {
    return;
  }
  const { name = '', port: { name: portName = '', number = 0 } = {} } = service;
  if (!isDnsLabel(name)) {
    add(`${field}.service.name`, `a backend must name a Service, but has '${name}'`, 'write the name of the Service');
  }
  if ((portName === '') === (number === 0)) {
    add(
      `${field}.service.port`,
      number === 0 ? 'a backend has no port' : 'a backend has the name and the number of a port',
      'write port: { number }, or port: { name }',
    );
  } else if (number === 0 ? !isPortName(portName) : !isPortNumber(number)) {
    add(
      `${field}.service.port`,
      `a port must be an integer from 1 to 65535, or a name of at most 15 lowercase letters, digits and hyphens, but is '${number || portName}'`,
      'write the port of the Service',
    );
  }
}

function ingress(host: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: default }
spec:
  ingressClassName: alb
  rules:
    - host: ${host}
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }
`;
}
