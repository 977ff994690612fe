import type { KeyTable } from '../../../kube/values';
import { Check } from '../../core/check';
import {
  activationOf,
  amount,
  optionalAmount,
  SOURCE,
  type SourceTriggerProps,
  sourceTrigger,
  type TriggerModel,
} from './trigger';

/** How the connection to PostgreSQL is encrypted. */
export type PostgresqlSslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

/**
 * The result of a query of PostgreSQL. It logs in with `password` in `authentication.secrets`, or with `connection`, the whole
 * connection string, in place of the props of the connection.
 */
export interface PostgresqlTriggerProps extends SourceTriggerProps {
  /** Host of the server. Required without `connection`. */
  readonly host?: string;
  /** Port of the server. @default 5432 */
  readonly port?: number;
  /** The user that it logs in as. Required without `connection`. */
  readonly userName?: string;
  /** Name of the database. Required without `connection`. */
  readonly dbName?: string;
  /** How the connection is encrypted, and whether the server is verified. @default 'require' */
  readonly sslmode?: PostgresqlSslMode;
  /** A query with one number as its result. */
  readonly query: string;
  /** Value for each replica. */
  readonly targetQueryValue: number;
  /** Value above which the first replica starts, with `min: 0`. @default 0 */
  readonly activationTargetQueryValue?: number;
}

const PROPS: KeyTable<PostgresqlTriggerProps> = {
  ...SOURCE,
  host: 'text',
  port: true,
  userName: 'text',
  dbName: 'text',
  sslmode: true,
  query: 'text',
  targetQueryValue: true,
  activationTargetQueryValue: true,
};
const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];
const DEFAULT_PORT = 5432;

export function postgresqlTrigger(props: PostgresqlTriggerProps): TriggerModel {
  const check = new Check('ScaleTrigger.postgresql');
  check.keys<PostgresqlTriggerProps>('props', props ?? null, PROPS);
  const connection = connectionOf(check, props);
  const query = check.text('query', props.query);
  const targetQueryValue = amount(check, 'targetQueryValue', props.targetQueryValue, 10);
  if (targetQueryValue === 0) {
    check.fail('invalid', 'targetQueryValue', 'targetQueryValue must not be 0', 'write the value for each replica');
  }
  const field = 'activationTargetQueryValue';
  const activationTargetQueryValue = optionalAmount(check, field, props.activationTargetQueryValue, 5);
  return sourceTrigger(
    check,
    props,
    { parameters: ['password', 'connection'] },
    {
      type: 'postgresql',
      metadata: () => ({ ...connection, query, targetQueryValue, activationTargetQueryValue }),
      activation: activationOf(field, activationTargetQueryValue),
    },
  );
}

function connectionOf(check: Check, props: PostgresqlTriggerProps) {
  const { host, port, userName, dbName, sslmode, authentication, authenticationRef } = props;
  const { connection, password } = authentication?.secrets ?? {};
  const given = Object.entries({ host, port, userName, dbName, sslmode }).filter(([, value]) => value !== undefined);
  if (connection !== undefined) {
    if (given.length > 0 || password !== undefined) {
      const [field] = given[0] ?? ['authentication.secrets.password'];
      check.fail(
        'forbidden',
        field,
        `${field} must not be set with authentication.secrets.connection, which has it`,
        'leave one of them out',
      );
    }
    return {};
  }
  if (authenticationRef !== undefined && given.length === 0) {
    return {};
  }
  if (password === undefined && authenticationRef === undefined) {
    check.fail(
      'required',
      'authentication.secrets.password',
      'authentication.secrets.password is required, or connection in its place',
      "write authentication: { secrets: { password: secret.key('password') } }, or authenticationRef",
    );
  }
  if (sslmode !== undefined) {
    check.oneOf('sslmode', sslmode, SSL_MODES);
  }
  return {
    host: check.text('host', host),
    port: port === undefined ? DEFAULT_PORT : check.integer('port', port, 1, 65_535),
    userName: check.text('userName', userName),
    dbName: check.text('dbName', dbName),
    sslmode: sslmode ?? 'require',
  };
}
