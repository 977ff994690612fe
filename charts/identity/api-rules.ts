import { apiResources } from '../../kube/api/resources';
import { addTo } from '../../kube/collections';
import { describe } from '../../kube/describe';
import { indexPath, nearest } from '../../kube/text';
import { Check } from '../core/check';
import type { ApiRule } from './api-access';

const READ = ['get', 'list', 'watch'];
const WRITE = [...READ, 'create', 'update', 'patch', 'delete'];

/**
 * Rules for `apiAccess`, by the names of resources: 'pods', 'pods/log', 'deployments', and custom resources with their
 * group: 'keda.sh/scaledobjects'. Of 'events' the core group is meant. A name that Kubernetes does not have is
 * refused; so are wildcards.
 *
 * @example
 * new Worker(tenant, 'watcher', {
 *   ...props,
 *   apiAccess: { cluster: Api.read('nodes', 'pods'), namespace: [...Api.write('configmaps'), ...Api.leaderElection('watcher')] },
 * });
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export class Api {
  private constructor() {}

  /** To get, list and watch. In the whole cluster 'secrets' are refused, see `ApiRule.because`. */
  static read(...resources: string[]): ApiRule[] {
    return rulesOf('Api.read', resources, READ);
  }

  /** To get, list, watch, create, update, patch and delete. */
  static write(...resources: string[]): ApiRule[] {
    return rulesOf('Api.write', resources, WRITE);
  }

  /** To get, update and patch objects of these names alone; list, watch and create have no names. @param resource one, such as 'configmaps' */
  static named(resource: string, ...names: string[]): ApiRule[] {
    const check = new Check('Api.named');
    check.typed('names', names, 'texts');
    if (names.length === 0) {
      check.fail('required', 'names', 'names is required', "write Api.named('configmaps', 'settings')");
    }
    const verbs = ['get', 'update', 'patch'];
    return rulesOf('Api.named', [resource], verbs).map((rule) => ({ ...rule, resourceNames: [...names] }));
  }

  /** To elect a leader by a Lease, of which only one can be created by name afterwards. @param name of the Lease */
  static leaderElection(name: string): ApiRule[] {
    new Check('Api.leaderElection').text('name', name);
    const lease = { apiGroups: ['coordination.k8s.io'], resources: ['leases'] };
    return [
      // a request to create has no name yet
      { ...lease, verbs: ['create'] },
      { ...lease, resourceNames: [name], verbs: ['get', 'update', 'patch'] },
    ];
  }
}

/** One rule a group. */
function rulesOf(what: string, resources: readonly string[], verbs: readonly string[]): ApiRule[] {
  const check = new Check(what);
  check.typed('resources', resources, 'texts');
  if (resources.length === 0) {
    check.fail('required', 'resources', 'resources is required', `write ${what}('pods')`);
  }
  const byGroup = new Map<string, string[]>();
  for (const [i, text] of resources.entries()) {
    const { group, name } = resourceIn(check, indexPath('resources', i), text);
    addTo(byGroup, group, name);
  }
  return [...byGroup].map(([group, names]) => ({ apiGroups: [group], resources: names, verbs: [...verbs] }));
}

function resourceIn(check: Check, field: string, text: string): { readonly group: string; readonly name: string } {
  const all = apiResources();
  const [first = '', ...rest] = text.split('/');
  // a group has a dot, or is one of the old ones before the name of a resource
  const isGroup = rest.length > 0 && (first.includes('.') || (all.has(first) && !all.get('')?.has(first)));
  const name = isGroup ? rest.join('/') : text;
  const [resource = '', subresource] = name.split('/');
  if (!/^[a-z0-9-]+(\/[a-z-]+)?$/.test(name)) {
    check.fail(
      'invalid',
      field,
      `${field} must be the name of a resource, but is ${describe(text)}`,
      "write for example 'pods', 'pods/log' or 'keda.sh/scaledobjects'",
    );
  }
  if (isGroup && !all.has(first)) {
    return { group: first, name };
  }
  // the core group stands first, and programs mean its events
  const found = [...all].find(([group, names]) => names.has(resource) && (!isGroup || group === first));
  if (found === undefined) {
    const known = [...new Set([...all.values()].flatMap((names) => [...names.keys()]))];
    const meant = nearest(resource, known);
    check.fail(
      'unsupported',
      field,
      `${field} must be a resource of Kubernetes, but is '${text}'`,
      `write ${meant === undefined ? '' : `'${meant}', or `}a custom resource with its group`,
    );
  }
  const [group, names] = found;
  const { subresources } = names.get(resource)!;
  if (subresource !== undefined && !subresources.includes(subresource)) {
    check.fail(
      'unsupported',
      field,
      `${field} must be a resource of Kubernetes, but '${resource}' has no '${subresource}'`,
      subresources.length === 0
        ? `write '${resource}'`
        : `write '${resource}/${nearest(subresource, subresources) ?? subresources[0]}'`,
    );
  }
  return { group, name };
}
