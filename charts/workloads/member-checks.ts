import type { Construct } from 'constructs';
import type { Check } from '../core/check';
import { addCheck } from '../core/checks';
import { Requirements } from '../core/requirements';
import type { Placement } from '../pods/placement';
import type { StorageModel } from '../storage/volumes';
import { type Members, QUORUM_ZONES } from './members';

/** What several members need that no manifest shows, as warnings, and the zones of their quorum. */
export function checkMembers(
  service: Construct,
  { replicas, replicated, hasQuorum }: Members,
  placement: Placement,
  asked: { readonly order: string | undefined },
): void {
  if (replicas > 1 && !replicated) {
    addCheck(service, (report) =>
      report({
        rule: 'stateful/member-ports',
        severity: 'warning',
        field: 'memberPorts',
        message: `memberPorts is not set for ${replicas} members: an image that does not replicate is ${replicas} databases behind one name`,
        fix: 'list the ports that members use among themselves, or [] if they use those of clients, or write replicas: 1',
      }),
    );
  }
  if (replicated && asked.order === undefined) {
    addCheck(service, (report) =>
      report({
        rule: 'stateful/order',
        severity: 'warning',
        field: 'order',
        message: `order is not set for ${replicas} members: with 'OrderedReady' a readiness probe that waits for a quorum or a primary is never met, since the next member is not created`,
        fix: "write order: 'Parallel', or order: 'OrderedReady' if a member becomes ready by itself",
      }),
    );
  }
  if (hasQuorum && placement.spread === 'zones') {
    Requirements.add(
      service,
      Requirements.zones(QUORUM_ZONES, { because: `'${service.node.path}' keeps its quorum when a zone is lost` }),
    );
  }
}

const POSTGRES = /(^|\/)postgres(ql)?[:@]/;
const POSTGRES_FOLDER = '/var/lib/postgresql/data';

/** initdb sets the mode of its folder, and the folder of a volume belongs to root. A folder below it belongs to the user. */
export function checkPostgresFolder(
  check: Check,
  image: unknown,
  storage: readonly StorageModel[],
  env: object = {},
): void {
  if (typeof image !== 'string' || !POSTGRES.test(image)) {
    return;
  }
  const folder = (env as { readonly PGDATA?: unknown }).PGDATA ?? POSTGRES_FOLDER;
  const mounted = storage.find(({ mountPath }) => mountPath === folder);
  if (mounted) {
    check.fail(
      'invalid',
      'env.PGDATA',
      `PGDATA must be a folder below the mount path of the volume, but is the mount path '${mounted.mountPath}', which belongs to root: initdb cannot change its mode`,
      `write env: { PGDATA: '${mounted.mountPath}/pgdata' }`,
    );
  }
}
