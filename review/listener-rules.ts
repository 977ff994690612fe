import type { HTTPIngressPath, IngressRule } from '../imports/kubernetes';
import { entryOf } from '../kube/collections';
import { indexPath } from '../kube/text';
import type { AlbIngress } from './ingresses';

/** A path of an Ingress, as a rule of the listeners. */
export interface ListenerRule {
  readonly ingress: AlbIngress;
  /** '' for every host. */
  readonly host: string;
  /** Without a wildcard at its end. */
  readonly path: string;
  /** As it is written. */
  readonly written: string;
  /** Whether what lies below is covered. */
  readonly below: boolean;
  readonly field: string;
}

/** The rules of a load balancer in the order in which they are tried. Those with further conditions are left out. */
export function listenerRules(group: readonly AlbIngress[]): readonly ListenerRule[] {
  const found: ListenerRule[] = [];
  for (const ingress of group) {
    // paths that are patterns are not compared
    if (ingress.setting('use-regex-path-match') === undefined) {
      ingress.rules.forEach((rule, i) => {
        addRules(found, ingress, rule, `${indexPath('spec.rules', i)}.http.paths`);
      });
    }
  }
  return found;
}

function addRules(found: ListenerRule[], ingress: AlbIngress, { host = '', http }: IngressRule, at: string): void {
  const paths = http?.paths ?? [];
  const add = (path: HTTPIngressPath, i: number) => {
    if (!hasConditions(ingress, path)) {
      addRule(found, ingress, host, path, `${indexPath(at, i)}.path`);
    }
  };
  if (paths.length < 2) {
    paths.forEach(add);
    return;
  }
  paths
    .map((path, i) => ({ path, i }))
    .sort((a, b) => rank(a.path) - rank(b.path) || longer(a.path, b.path))
    .forEach(({ path, i }) => {
      add(path, i);
    });
}

/** Rules by host and path. */
export class RuleTable {
  private readonly hosts = new Map<string, Map<string, ListenerRule>>();

  set(rule: ListenerRule): void {
    entryOf(this.hosts, rule.host, () => new Map<string, ListenerRule>()).set(rule.path, rule);
  }

  get({ host, path }: ListenerRule): ListenerRule | undefined {
    return this.hosts.get(host)?.get(path);
  }

  /** The first that covers a rule, by a shorter path, a wildcard above the host, or every host, and passes the test. */
  covering(rule: ListenerRule, test: (found: ListenerRule) => boolean): ListenerRule | undefined {
    const { host, path } = rule;
    return (
      this.onHost('', path, test) ??
      this.onHost(host, path, test) ??
      this.onWildcards(host.startsWith('*.') ? host.slice(2) : host, path, test)
    );
  }

  private onWildcards(host: string, path: string, test: (found: ListenerRule) => boolean): ListenerRule | undefined {
    for (let at = 0; ; ) {
      const found = this.onHost(`*.${host.slice(at)}`, path, test);
      const dot = host.indexOf('.', at);
      if (found || dot < 0) {
        return found;
      }
      at = dot + 1;
    }
  }

  private onHost(host: string, path: string, test: (found: ListenerRule) => boolean): ListenerRule | undefined {
    const paths = this.hosts.get(host);
    return (
      paths &&
      pathsAbove(path)
        .flatMap((above) => paths.get(above) ?? [])
        .find(test)
    );
  }
}

/** '/', '/a' and '/a/b' of '/a/b'. */
function pathsAbove(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '');
  return ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)];
}

const RANKS: readonly (string | undefined)[] = ['Exact', 'Prefix'];
const rank = ({ pathType }: HTTPIngressPath): number => {
  const known = RANKS.indexOf(pathType);
  return known < 0 ? RANKS.length : known;
};
/** The controller sorts Prefix paths only; the others keep their order. */
const longer = (a: HTTPIngressPath, b: HTTPIngressPath): number =>
  a.pathType === 'Prefix' ? (b.path?.length ?? 0) - (a.path?.length ?? 0) : 0;

/** Headers, methods or addresses decide as well, which are not compared here. */
function hasConditions(ingress: AlbIngress, { backend }: HTTPIngressPath): boolean {
  return ingress.hasConditions && ingress.setting(`conditions.${backend?.service?.name}`) !== undefined;
}

function addRule(
  found: ListenerRule[],
  ingress: AlbIngress,
  host: string,
  { path: written = '/', pathType }: HTTPIngressPath,
  field: string,
): void {
  const prefix = pathType === 'Prefix';
  const open = !prefix && pathType !== 'Exact' && written.endsWith('/*');
  const path = (open ? written.slice(0, -2) : written).replace(/\/$/, '') || '/';
  if (!/[*?]/.test(path)) {
    found.push({ ingress, host, path, written, below: prefix || open, field });
  }
}
