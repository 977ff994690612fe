import type { HTTPIngressPath } from '../imports/kubernetes';
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
export function listenerRules(group: readonly AlbIngress[]): ListenerRule[] {
  return group.flatMap((ingress) =>
    ingress.rules.flatMap(({ host = '', http }, i) => {
      const at = `${indexPath('spec.rules', i)}.http.paths`;
      const paths = (http?.paths ?? []).map((path, j) => ({ path, field: `${indexPath(at, j)}.path` }));
      return paths
        .sort((a, b) => rank(a.path) - rank(b.path) || longer(a.path, b.path))
        .filter(({ path }) => !hasConditions(ingress, path))
        .flatMap(({ path, field }) => listenerRule(ingress, host, path, field) ?? []);
    }),
  );
}

/** Hosts and paths that cover those of a rule: the shorter paths, the wildcards above the host, and every host. */
export function covering({ host, path }: ListenerRule): string[] {
  const labels = host.replace(/^\*\./, '').split('.');
  const hosts = ['', host, ...labels.map((_, i) => `*.${labels.slice(i).join('.')}`)];
  const parts = path.split('/').filter((part) => part !== '');
  const paths = ['/', ...parts.map((_, i) => `/${parts.slice(0, i + 1).join('/')}`)];
  return [...new Set(hosts)].flatMap((h) => paths.map((p) => `${h}|${p}`));
}

export const keyOf = ({ host, path }: ListenerRule): string => `${host}|${path}`;

const RANKS: readonly (string | undefined)[] = ['Exact', 'Prefix'];
const rank = ({ pathType }: HTTPIngressPath): number => {
  const known = RANKS.indexOf(pathType);
  return known < 0 ? RANKS.length : known;
};
/** The controller sorts Prefix paths only; the others keep their order. */
const longer = (a: HTTPIngressPath, b: HTTPIngressPath): number =>
  a.pathType === 'Prefix' ? (b.path?.length ?? 0) - (a.path?.length ?? 0) : 0;

/** Headers, methods or addresses decide as well, which are not compared here. */
function hasConditions({ setting }: AlbIngress, { backend }: HTTPIngressPath): boolean {
  return setting(`conditions.${backend?.service?.name}`) !== undefined;
}

function listenerRule(
  ingress: AlbIngress,
  host: string,
  { path: written = '/', pathType }: HTTPIngressPath,
  field: string,
): ListenerRule | undefined {
  const prefix = pathType === 'Prefix';
  const open = !prefix && pathType !== 'Exact' && written.endsWith('/*');
  const path = (open ? written.slice(0, -2) : written).replace(/\/$/, '') || '/';
  const regex = ingress.setting('use-regex-path-match') !== undefined;
  return regex || /[*?]/.test(path) ? undefined : { ingress, host, path, written, below: prefix || open, field };
}
