import { CONTROLLERS } from '../../eks/controllers';
import { GATEWAY_API } from '../../eks/gateway-api';
import type { ClusterConfig } from '../../eksctl/types';
import type { ClusterFacts } from '../core/requirements';
import { stringifyDocuments } from '../core/synthesis/yaml';
import type { ClusterAdditions } from './additions';
import { eksctlAddon } from './addons';
import { TYPE_META } from './cluster-config';
import type { ResolvedConfig } from './resolved-cluster';
import { protectSections, type Section, shell } from './step-sections';

/** The steps from nothing to a running app, as Markdown; the same program gives the same bytes. */
export function renderSteps(
  facts: ClusterFacts,
  config: ResolvedConfig | undefined,
  additions: ClusterAdditions,
): string {
  const sections: Section[] = [
    ...(config ? [createSection(facts, config)] : []),
    kubeconfigSection(facts, config !== undefined),
    ...(config ? protectSections(facts, config) : []),
    ...(config ? [] : existingSection(facts, additions)),
    ...additions.prerequisites.map((prerequisite) => ({
      title: `Install ${prerequisite.name}`,
      blocks: [
        prerequisite.podIdentity
          ? `Its permissions belong to the service account \`${prerequisite.podIdentity.namespace}/${prerequisite.podIdentity.serviceAccountName}\`` +
            ` by the pod identity association ${config ? 'in the ClusterConfig' : 'made above'}.`
          : 'It must run before the manifests are applied.',
        ...(config ? [] : ['Skip this when the cluster has it already.']),
        ...prerequisite.commands.map(shell),
      ],
    })),
    ...additions.steps.map((step) => ({
      title: step.title,
      blocks: [step.text, ...(step.commands ?? []).map(shell)],
    })),
    applySection(),
    lookSection(facts, additions),
  ];
  const head = [
    `# Cluster ${facts.name}: from nothing to running`,
    'Made together with the manifests from the same program; changes belong there. ' +
      'Run the commands in the folder of the manifests, which is the one above the folder of this file.',
    `You need: ${config ? '[eksctl](https://eksctl.io) 0.230 or later, ' : ''}` +
      'the AWS CLI with credentials for the account, kubectl, and Helm where a step calls it.',
  ];
  const numbered = sections.map(({ title, blocks }, i) => [`## ${i + 1}. ${title}`, ...blocks].join('\n\n'));
  return `${[...head, ...numbered, limits(config !== undefined, namesAreMade(additions))].join('\n\n')}\n`;
}

function createSection(facts: ClusterFacts, config: ResolvedConfig): Section {
  const admins =
    config.admins.length > 0
      ? `Run it as one of the cluster's admins, since nobody else gets in, whoever creates it included:\n\n${config.admins.map((arn) => `- \`${arn}\``).join('\n')}`
      : 'Whoever runs it becomes the admin of the cluster, by a right that no list shows; name `admins` in the program to say who it is.';
  return {
    title: 'Create the cluster',
    blocks: [`This takes about 20 minutes. ${admins}`, shell(`eksctl create cluster -f cluster/${facts.name}.yaml`)],
  };
}

function kubeconfigSection(facts: ClusterFacts, made: boolean): Section {
  return {
    title: 'Point kubectl at it',
    blocks: [
      ...(made ? ['eksctl has done so for whoever ran it; everybody else does it once.'] : []),
      shell(`aws eks update-kubeconfig --name ${facts.name} --region ${facts.region}`),
    ],
  };
}

/** For an existing cluster: what a ClusterConfig would contain, as commands. */
function existingSection(facts: ClusterFacts, additions: ClusterAdditions): Section[] {
  const part = (title: string, command: string, content: Partial<ClusterConfig>): Section => {
    const config = {
      ...TYPE_META,
      metadata: { name: facts.name, region: facts.region },
      ...content,
    };
    return {
      title,
      blocks: [
        'What exists already is left as it is.',
        shell(`${command} -f - <<'EOF'\n${stringifyDocuments([config]).trimEnd()}\nEOF`),
      ],
    };
  };
  return [
    ...(additions.addons.length > 0
      ? [part('Add the add-ons', 'eksctl create addon', { addons: additions.addons.map(eksctlAddon) })]
      : []),
    ...(additions.associations.length > 0
      ? [
          part('Give the service accounts their permissions', 'eksctl create podidentityassociation', {
            iam: { podIdentityAssociations: [...additions.associations] },
          }),
        ]
      : []),
    ...(additions.entries.length > 0
      ? [
          part('Let people in', 'eksctl create accessentry', {
            accessConfig: { accessEntries: [...additions.entries] },
          }),
        ]
      : []),
  ];
}

function applySection(): Section {
  return {
    title: 'Apply the manifests',
    blocks: [
      'The files in `cluster/` are no manifests, and kubectl does not look into that folder. The command can be repeated.',
      shell('kubectl apply -f .'),
    ],
  };
}

function lookSection(facts: ClusterFacts, additions: ClusterAdditions): Section {
  const commands = [
    'kubectl get nodes -L topology.kubernetes.io/zone',
    'kubectl get pods -A',
    ...(additions.features.has('ebs') ? ['kubectl get pvc -A'] : []),
    ...(additions.features.has('metrics') ? ['kubectl get hpa -A'] : []),
    ...(additions.features.has('load-balancer') ? ['kubectl get ingress -A'] : []),
    ...(additions.prerequisites.some(({ name }) => name === GATEWAY_API.name) ? ['kubectl get gateways -A'] : []),
    'kubectl get events -A --field-selector type=Warning',
  ];
  const nodes = facts.compute === 'auto' ? 'Auto Mode makes nodes only when pods wait for them. ' : '';
  return {
    title: 'Look at it',
    blocks: [
      `${nodes}Every pod should become ready; what does not says why in its events.`,
      shell(commands.join('\n')),
    ],
  };
}

/** Whether ExternalDNS is there, whether as an add-on or by a step. */
function namesAreMade({ addons, prerequisites }: ClusterAdditions): boolean {
  return [...addons, ...prerequisites].some(
    ({ name }) => name === 'external-dns' || name === CONTROLLERS.externalDns.name,
  );
}

function limits(made: boolean, named: boolean): string {
  const yours = `- ${named ? 'Certificates' : 'DNS names and certificates'} of load balancers are yours to make.`;
  const lines = made
    ? [
        '- A change of the ClusterConfig does not reach a cluster that exists by creating it again: each part has its own command ' +
          '(`eksctl create nodegroup`, `eksctl update addon`, `eksctl create podidentityassociation`, ...).',
        '- Helm takes the newest charts; pin them with `--version` once you have tried them.',
        yours,
      ]
    : [
        '- The cluster itself, its nodes and its network are looked after elsewhere.',
        '- Helm takes the newest charts; pin them with `--version` once you have tried them.',
        yours,
      ];
  return ['## What this does not do', lines.join('\n')].join('\n\n');
}
