/** Endpoints in the VPC that eksctl makes for a private cluster, by the name of the service. */
export const MADE: readonly string[] = ['ec2', 'ecr.api', 'ecr.dkr', 's3', 'sts'];

/** Services of IAM actions whose endpoints are called otherwise; none where the service has no endpoint. */
const ENDPOINTS: Readonly<Record<string, readonly string[]>> = {
  acm: [],
  aps: ['aps-workspaces'],
  bedrock: ['bedrock-runtime'],
  cloudfront: [],
  cloudwatch: ['monitoring'],
  ecr: ['ecr.api', 'ecr.dkr'],
  es: [],
  firehose: ['kinesis-firehose'],
  iam: [],
  kinesis: ['kinesis-streams'],
  route53: [],
  shield: [],
  waf: [],
  ssm: ['ssm'],
};
/** Actions by which a client logs in to what is in the VPC itself: no service is called for them. */
const LOGINS: ReadonlySet<string> = new Set(['elasticache', 'kafka-cluster', 'rds-db']);
/** What the policies that eksctl knows by name call. */
const WELL_KNOWN: Readonly<Record<string, readonly string[]>> = {
  autoScaler: ['autoscaling', 'ec2', 'eks'],
  awsLoadBalancerController: ['elasticloadbalancing', 'ec2', 'acm', 'wafv2', 'shield'],
  certManager: ['route53'],
  ebsCSIController: ['ec2'],
  efsCSIController: ['elasticfilesystem'],
  externalDNS: ['route53'],
  imageBuilder: ['ecr'],
};
/** Reached by a route instead of an address. */
const GATEWAYS: ReadonlySet<string> = new Set(['dynamodb', 's3']);

/** What a set of permissions needs in the VPC. */
export interface NeededEndpoints {
  /** Names of endpoints: 'secretsmanager', 'ecr.api'. */
  readonly endpoints: readonly string[];
  /** Services that have none, and so are out of reach. */
  readonly unreachable: readonly string[];
}

/** The services that permissions name, as endpoints. */
export function endpointsOf(permissions: {
  readonly permissionPolicy?: unknown;
  readonly wellKnownPolicies?: object;
}): NeededEndpoints {
  const { Statement } = (permissions.permissionPolicy ?? {}) as { Statement?: unknown };
  const statements = (Array.isArray(Statement) ? Statement : [Statement ?? []].flat()) as {
    Effect?: string;
    Action?: string | readonly string[];
  }[];
  const services = [
    ...statements
      .filter(({ Effect }) => Effect !== 'Deny')
      .flatMap(({ Action }) => [Action ?? []].flat())
      .map((action) => action.split(':')[0]!.toLowerCase()),
    ...Object.entries(permissions.wellKnownPolicies ?? {}).flatMap(([name, on]) =>
      on ? (WELL_KNOWN[name] ?? []) : [],
    ),
  ].filter((service) => /^[a-z0-9-]+$/.test(service) && !LOGINS.has(service));
  const named = [...new Set(services)].sort();
  return {
    endpoints: named.flatMap((service) => ENDPOINTS[service] ?? [service]),
    unreachable: named.filter((service) => ENDPOINTS[service]?.length === 0),
  };
}

/** The command that makes an endpoint; what only AWS knows is asked by placeholders. */
export function endpointCommand(endpoint: string, region: string): string {
  const service = `--service-name com.amazonaws.${region}.${endpoint}`;
  return GATEWAYS.has(endpoint)
    ? `aws ec2 create-vpc-endpoint --region ${region} --vpc-id VPC --vpc-endpoint-type Gateway ${service} --route-table-ids PRIVATE_ROUTE_TABLES`
    : `aws ec2 create-vpc-endpoint --region ${region} --vpc-id VPC --vpc-endpoint-type Interface ${service} --private-dns-enabled --subnet-ids PRIVATE_SUBNETS --security-group-ids GROUP_THAT_TAKES_443`;
}
