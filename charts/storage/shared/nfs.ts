import { describe } from '../../../kube/describe';
import { isSubdomain } from '../../../kube/names';
import type { KeyTable } from '../../../kube/values';
import type { Check } from '../../core/check';
import type { Path } from '../../core/values';
import { ignoredSize, mountOptions, type SharedProps } from './common';
import type { SharedWay } from './way';

/** A folder that a server of NFS exports, such as a storage virtual machine of FSx for NetApp ONTAP. */
export interface NfsVolume extends SharedProps {
  /** DNS name or address of the server, which the nodes can resolve: not that of a Service. */
  readonly server: string;
  /** The folder that it exports. */
  readonly path: Path;
  /** Options of mount(8), such as 'nfsvers=4.1'. @default ['nfsvers=4.1'] */
  readonly mountOptions?: readonly string[];
}

const PROPS: KeyTable<NfsVolume> = {
  size: 'text',
  readOnly: 'boolean',
  server: 'text',
  path: 'text',
  mountOptions: 'texts',
};
const ADDRESS = /^[0-9a-f:]*:[0-9a-f:.]*$/i;

export function nfs(check: Check, props: NfsVolume): SharedWay {
  check.keys<NfsVolume>('props', props, PROPS);
  const server = check.text('server', props.server);
  if ((!isSubdomain(server.toLowerCase()) && !ADDRESS.test(server)) || /\.svc(?:\.cluster\.local)?$/.test(server)) {
    check.fail(
      'invalid',
      'server',
      `server must be a DNS name or an address that the nodes can resolve, but is ${describe(server)}`,
      "write for example 'files.example.com'; nodes do not know the names of Services",
    );
  }
  const path = check.absolutePath('path', props.path);
  const options = mountOptions(check, props.mountOptions ?? ['nfsvers=4.1']);
  return {
    accessMode: 'ReadWriteMany',
    size: ignoredSize(check, props.size),
    readOnly: props.readOnly ?? false,
    user: undefined,
    hasGroup: false,
    step: {
      title: `NFS ${server}`,
      text: `It exports \`${path}\` to the nodes, and is reached by them on TCP 2049.`,
    },
    volume: () => ({ nfs: { server, path }, ...(options.length > 0 ? { mountOptions: [...options] } : {}) }),
  };
}
