import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import { activationOf, SOURCE, type SourceTriggerProps, sourceTrigger, type TriggerModel } from './trigger';

/** The length of a list of Redis or Valkey. */
export interface RedisTriggerProps extends SourceTriggerProps {
  /** host:port: valkey.address. */
  readonly address: string;
  /** The list, set, sorted set or hash. */
  readonly listName: string;
  /** Entries for each replica, 1 or more. @default - KEDA's: 5 */
  readonly listLength?: number;
  /** Entries above which the first replica starts, with `min: 0`. @default 0 */
  readonly activationListLength?: number;
  /** Number of the database, 0 or more. @default 0 */
  readonly databaseIndex?: number;
  /** Whether the connection is encrypted. @default false */
  readonly enableTLS?: boolean;
}

const PROPS: KeyTable<RedisTriggerProps> = {
  ...SOURCE,
  address: 'text',
  listName: 'text',
  listLength: true,
  activationListLength: true,
  databaseIndex: true,
  enableTLS: 'boolean',
};

export function redisTrigger(props: RedisTriggerProps): TriggerModel {
  const check = new Check('ScaleTrigger.redis');
  check.keys<RedisTriggerProps>('props', props ?? null, PROPS);
  const { listLength, activationListLength, databaseIndex, enableTLS } = props;
  const address = check.text('address', props.address);
  if (!/^[^\s,/]+:\d+$/.test(address)) {
    check.fail('invalid', 'address', `address must be host:port, but is '${address}'`, 'write for example redis:6379');
  }
  const listName = check.text('listName', props.listName);
  if (listLength !== undefined) {
    check.integer('listLength', listLength, 1);
  }
  for (const [field, value] of Object.entries({ activationListLength, databaseIndex })) {
    if (value !== undefined) {
      check.integer(field, value, 0);
    }
  }
  check.typed('enableTLS', enableTLS, 'boolean');
  return sourceTrigger(
    check,
    props,
    { parameters: ['username', 'password', 'ca', 'cert', 'key', 'keyPassword'] },
    {
      type: 'redis',
      metadata: () => ({ address, listName, listLength, activationListLength, databaseIndex, enableTLS }),
      activation: activationOf('activationListLength', activationListLength),
    },
  );
}
