type Metadata = Readonly<Record<string, string>>;

/** How a scaler of KEDA logs in, where no TriggerAuthentication does it. */
interface Login {
  /** Parts of a login that metadata holds as text, or by the name of a variable with FromEnv. */
  readonly parts: readonly string[];
  /** Whether it has to log in. @default - always */
  readonly when?: (metadata: Metadata) => boolean;
}

const CONNECTION: Login = { parts: ['connectionString', 'connection', 'password'] };
const PASSWORD: Login = { parts: ['password'] };
const TOKEN: Login = { parts: ['token', 'apiToken', 'accessToken', 'authToken'] };

/** A mode of authentication without what it takes. */
const BY_MODE: Login = { parts: [], when: ({ authModes, authMode }) => Boolean(authModes ?? authMode) };
/** Redis may need no password; a user without one does. */
const WITH_USER: Login = {
  parts: ['password', 'apiKey'],
  when: (metadata) => has(metadata, 'username') || has(metadata, 'cloudID'),
};
/** SASL takes what only a TriggerAuthentication holds; TLS alone needs nothing. */
const SASL: Login = { parts: ['password'], when: ({ sasl = 'none' }) => sasl !== 'none' };
const AMP = /^https:\/\/aps-workspaces[.-]/;

/**
 * The scalers that log in.
 *
 * @see https://keda.sh/docs/latest/scalers/
 */
const LOGINS: Readonly<Record<string, Login>> = {
  activemq: PASSWORD,
  'apache-kafka': SASL,
  arangodb: BY_MODE,
  'artemis-queue': PASSWORD,
  'azure-pipelines': { parts: ['personalAccessToken'] },
  cassandra: PASSWORD,
  couchdb: CONNECTION,
  datadog: { parts: ['apiKey', 'appKey', 'token'] },
  dynatrace: TOKEN,
  elasticsearch: WITH_USER,
  'forgejo-runner': TOKEN,
  'github-runner': { parts: ['personalAccessToken', 'appKey'] },
  graphite: BY_MODE,
  ibmmq: { parts: ['password', 'ADMIN_PASSWORD'] },
  influxdb: TOKEN,
  kafka: SASL,
  loki: BY_MODE,
  'metrics-api': BY_MODE,
  mongodb: CONNECTION,
  mssql: CONNECTION,
  mysql: CONNECTION,
  'new-relic': { parts: ['queryKey'] },
  opensearch: WITH_USER,
  postgresql: CONNECTION,
  predictkube: { parts: ['apiKey'] },
  prometheus: {
    parts: [],
    when: (metadata) => BY_MODE.when!(metadata) || AMP.test(metadata.serverAddress ?? ''),
  },
  pulsar: BY_MODE,
  // the address of the broker has the login in it
  rabbitmq: {
    parts: ['password', 'connection'],
    when: ({ host, hostFromEnv }) => !hostFromEnv && !host?.includes('@'),
  },
  redis: WITH_USER,
  'redis-cluster': WITH_USER,
  'redis-cluster-streams': WITH_USER,
  'redis-sentinel': WITH_USER,
  'redis-sentinel-streams': WITH_USER,
  'redis-streams': WITH_USER,
  'solace-direct-messaging': PASSWORD,
  'solace-event-queue': PASSWORD,
  solarwinds: TOKEN,
  splunk: { parts: ['apiToken', 'password'] },
  'splunk-observability': TOKEN,
  sumologic: { parts: ['accessID', 'accessKey'] },
};

/** Whether a scaler has to log in, and its metadata does not say how. */
export function lacksLogin(type: string, metadata: Metadata): boolean {
  const login = Object.hasOwn(LOGINS, type) ? LOGINS[type] : undefined;
  return login !== undefined && (login.when?.(metadata) ?? true) && !login.parts.some((part) => has(metadata, part));
}

function has(metadata: Metadata, part: string): boolean {
  return metadata[part] !== undefined || metadata[`${part}FromEnv`] !== undefined;
}
