import { isOnOutposts, isPrivate } from '../../eksctl/rules/accessors';
import type { ClusterFacts } from '../core/requirements';
import type { ResolvedConfig } from './resolved-cluster';

/** A numbered part of the steps. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly string[];
}

export function shell(command: string): string {
  return `\`\`\`sh\n${command}\n\`\`\``;
}

/** What a ClusterConfig cannot do, or what is not known when a first cluster is made. */
export function protectSections({ name, region }: ClusterFacts, config: ResolvedConfig): Section[] {
  const place = `--name ${name} --region ${region}`;
  return [
    ...(isOpen(config)
      ? [
          {
            title: 'Say who reaches the API server',
            blocks: [
              'Until then it answers the whole internet, though only callers with access get further. Take the ranges of your office, VPN and pipelines, ' +
                'here your own address, and write them as `publicAccessCIDRs` of the cluster in the program. Nodes use the private endpoint.',
              shell(
                `eksctl utils update-cluster-vpc-config --cluster ${name} --region ${region} --public-access-cidrs "$(curl -s https://checkip.amazonaws.com)/32" --approve`,
              ),
            ],
          },
        ]
      : []),
    {
      title: 'Protect it against deletion',
      blocks: [
        'eksctl has no setting for it. Before the cluster can be deleted, it is taken back with `--no-deletion-protection`.',
        shell(`aws eks update-cluster-config ${place} --deletion-protection`),
      ],
    },
  ];
}

function isOpen({ publicAccessCIDRs, user: { over } }: ResolvedConfig): boolean {
  const closed = over.vpc?.clusterEndpoints?.publicAccess === false || isPrivate(over) || isOnOutposts(over);
  return publicAccessCIDRs === undefined && !closed;
}
