import type { NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec } from '../../../imports/kubernetes';
import { title } from '../../../kube/inventory';
import { type BlockProblem, blockProblem, isStrictlyWithin, STRICT_SINCE } from '../../../kube/ip-block';
import { isPortName, isPortNumber } from '../../../kube/names';
import { indexPath } from '../../../kube/text';
import { isAtLeast } from '../../../kube/versions';
import { Places } from '../../places';
import type { Problem, Rule } from '../../rule';

/** Peers and ports of NetworkPolicies. */
export const rule: Rule = {
  id: 'network-policies/form',
  title: 'peers of a NetworkPolicy are selectors or ranges, and its ports are valid',
  severity: 'error',
  why: 'The API server refuses the object: a peer has selectors or an ipBlock, exceptions lie within its cidr, and a port is a number, or a name of at most 15 characters.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  refusedBy: 'api-server',
  bad: policy('ipBlock: { cidr: 10.0.0.0/16, except: [192.168.0.0/24] }'),
  good: policy('ipBlock: { cidr: 10.0.0.0/16, except: [10.0.1.0/24] }'),
  check: ({ inventory, kubernetesVersion }, report) => {
    const strict = isAtLeast(kubernetesVersion, STRICT_SINCE);
    for (const object of inventory.ofKind('NetworkPolicy', 'networking.k8s.io')) {
      const { ingress, egress, policyTypes } = (object.manifest.spec ?? {}) as Partial<NetworkPolicySpec>;
      if (!ingress?.some(isSuspect) && !egress?.some(isSuspect) && !(policyTypes && policyTypes.length > 2)) {
        continue;
      }
      const places = new Places(report, object);
      const add: Add = (field, problem) =>
        places.add(problem.message, {
          ...problem,
          message: `${problem.message} in ${title(object)}`,
          field,
          ...(problem.severity && !strict ? {} : { severity: 'error' }),
        });
      ingress?.forEach(({ from, ports }, i) => {
        checkRule(from, ports, (part) => `${indexPath('spec.ingress', i)}.${part ?? 'from'}`, add);
      });
      egress?.forEach(({ to, ports }, i) => {
        checkRule(to, ports, (part) => `${indexPath('spec.egress', i)}.${part ?? 'to'}`, add);
      });
      if (policyTypes && policyTypes.length > 2) {
        add('spec.policyTypes', {
          message: 'policyTypes has more than two items',
          fix: 'write Ingress, Egress or both',
        });
      }
      places.finish();
    }
  },
};

/** A severity of 'warning' is that of versions which are less strict. */
type Add = (field: string, problem: Problem) => void;

/** Nearly no path is written: without a part it is that of the peers. */
type PathOf = (part?: 'ports') => string;

interface Direction {
  readonly from?: readonly NetworkPolicyPeer[] | undefined;
  readonly to?: readonly NetworkPolicyPeer[] | undefined;
  readonly ports?: readonly NetworkPolicyPort[] | undefined;
}

/** Whether a rule has anything to look at more closely; nearly none has. */
function isSuspect({ from, to, ports }: Direction): boolean {
  return Boolean(from?.some(isSuspectPeer) || to?.some(isSuspectPeer) || ports?.some(isSuspectPort));
}

function isSuspectPeer({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer): boolean {
  const hasSelector = Boolean(podSelector || namespaceSelector);
  return ipBlock ? hasSelector || ipBlock.except !== undefined || !isSound(ipBlock.cidr) : !hasSelector;
}

const isSound = (cidr = ''): boolean => blockProblem(cidr) === undefined;

function isSuspectPort({ port, endPort }: NetworkPolicyPort): boolean {
  return (
    endPort !== undefined || (port !== undefined && !(typeof port === 'number' ? isPortNumber(port) : isPortName(port)))
  );
}

function checkRule(
  peers: readonly NetworkPolicyPeer[] | undefined,
  ports: readonly NetworkPolicyPort[] | undefined,
  pathOf: PathOf,
  add: Add,
): void {
  peers?.forEach((peer, i) => {
    checkPeer(peer, () => indexPath(pathOf(), i), add);
  });
  ports?.forEach((port, i) => {
    checkPort(port, () => indexPath(pathOf('ports'), i), add);
  });
}

type FieldOf = () => string;

function checkPeer({ ipBlock, podSelector, namespaceSelector }: NetworkPolicyPeer, fieldOf: FieldOf, add: Add): void {
  if (!ipBlock) {
    if (!podSelector && !namespaceSelector) {
      add(fieldOf(), {
        message: 'a peer is empty',
        fix: 'write podSelector: {} for the pods of the namespace, or leave the list out for everyone',
      });
    }
    return;
  }
  if (podSelector || namespaceSelector) {
    add(fieldOf(), { message: 'a peer has an ipBlock and a selector', fix: 'write two peers' });
  }
  const { cidr = '', except = [] } = ipBlock;
  addBlock(blockProblem(cidr), 'cidr', () => `${fieldOf()}.ipBlock.cidr`, add);
  except.forEach((range, i) => {
    const at = () => indexPath(`${fieldOf()}.ipBlock.except`, i);
    addBlock(blockProblem(range), 'except', at, add);
    if (isStrictlyWithin(range, cidr) === false) {
      add(at(), {
        message: `except must be a part of cidr '${cidr}', but is '${range}'`,
        fix: 'delete it, or write a smaller range of cidr',
      });
    }
  });
}

function addBlock(found: BlockProblem | undefined, key: string, fieldOf: FieldOf, add: Add): void {
  if (found) {
    add(fieldOf(), {
      message: `${key} ${found.problem}`,
      fix: found.fix,
      ...(found.strict ? { severity: 'warning' } : {}),
    });
  }
}

function checkPort({ port, endPort }: NetworkPolicyPort, fieldOf: FieldOf, add: Add): void {
  if (typeof port === 'string' && !isPortName(port)) {
    add(`${fieldOf()}.port`, {
      message: `a port must be a number, or a name of at most 15 lowercase letters, digits and hyphens, but is '${port}'`,
      fix: /^\d+$/.test(port) ? `write ${port} without quotes` : "write the name of a port of the pods, such as 'http'",
    });
  } else if (typeof port === 'number' && !isPortNumber(port)) {
    add(`${fieldOf()}.port`, {
      message: `a port must be an integer from 1 to 65535, but is ${port}`,
      fix: 'write the port of the pods',
    });
  }
  if (endPort !== undefined && (typeof port !== 'number' || endPort < port || !isPortNumber(endPort))) {
    add(`${fieldOf()}.endPort`, {
      message: `endPort must be a number from port to 65535, beside a port by number, but is ${endPort}`,
      fix: 'write the first port as a number, and the last one as endPort',
    });
  }
}

function policy(peer: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: default }
spec: { podSelector: {}, ingress: [{ from: [{ ${peer} }] }] }
`;
}
