import { AMOUNT_NAMES, type Amounts } from './allocatable';
import { type CapacityReport, type GroupCapacity, plus, RESOURCES, type StateCapacity } from './report';

/** What is told of each group: what a node has beside its DaemonSets, of what it has for pods. */
const GROUP_RESOURCES = ['cpu', 'memory', 'pods', 'ephemeralStorage', 'volumes'] as const;

/** The report for people: node groups, verdicts, and what finds no place. */
export function capacityTable(report: CapacityReport): string {
  const { groups, states } = report;
  const parts = [`Capacity of cluster '${report.cluster}'`];
  if (groups.length > 0) {
    parts.push(
      aligned(['group', 'type', 'nodes', ...GROUP_RESOURCES.map((name) => AMOUNT_NAMES[name])], groups.map(groupRow)),
    );
  } else {
    parts.push('No node groups: nodes are made as pods need them. The pods of the app ask for');
    const { asApplied, rolling, atMaximum } = report.asked;
    const sums = { 'as applied': asApplied, 'everything rolling': rolling, 'autoscalers at maximum': atMaximum };
    const rows = Object.entries(sums).map(([state, amounts]) => [
      state,
      ...RESOURCES.map((name) => amount(name, amounts[name])),
    ]);
    parts.push(aligned(['state', ...RESOURCES.map((name) => AMOUNT_NAMES[name])], rows));
  }
  if (states.length > 0) {
    const shown = RESOURCES.filter((name) => states.some(({ asked }) => asked[name] > 0));
    const addresses = states.some((state) => state.addresses);
    const titles = [
      'state',
      'nodes',
      'verdict',
      ...shown.map((name) => AMOUNT_NAMES[name]),
      ...(addresses ? ['addresses'] : []),
    ];
    parts.push(
      aligned(
        titles,
        states.map((state) => stateRow(state, shown, addresses)),
      ),
    );
  }
  const remarks = remarksOf(report);
  return [...parts, ...(remarks.length > 0 ? [remarks.join('\n')] : [])].join('\n\n');
}

function groupRow(group: GroupCapacity): string[] {
  const { name, instanceTypes, minimum, desired, maximum, available, daemons } = group;
  const left = available && plus(available, daemons, -1);
  return [
    name,
    instanceTypes.join(', ') || '?',
    minimum === maximum ? String(desired) : `${minimum} to ${maximum}, now ${desired}`,
    ...GROUP_RESOURCES.map((resource) =>
      available && left ? `${amount(resource, left[resource])} of ${amount(resource, available[resource])}` : '?',
    ),
  ];
}

function stateRow(state: StateCapacity, shown: readonly (keyof Amounts)[], addresses: boolean): string[] {
  const { asked, available, bottleneck } = state;
  return [
    state.state,
    `${state.nodeCount} (${state.nodes})`,
    state.verdict,
    ...shown.map((name) => `${percent(asked[name], available[name])}${name === bottleneck ? ' <' : ''}`),
    ...(addresses ? [state.addresses ? percent(state.addresses.used, state.addresses.available) : '?'] : []),
  ];
}

/** What the numbers do not show. */
function remarksOf(report: CapacityReport): string[] {
  const { states, largestPod, tooLarge, unknownTypes, unknownSystem } = report;
  const places = states.flatMap((state) => {
    const { unplaced, waiting, zone } = state;
    const where = `${state.state}, ${state.nodeCount} ${state.nodeCount === 1 ? 'node' : 'nodes'}${zone === undefined ? '' : ` less those of ${zone}`}`;
    const unschedulable = unplaced.map(
      ({ workload, pods, because }) => `${pods} of ${workload} (${because.join(', ')})`,
    );
    const patient = waiting.map((one) => `${one.pods} of ${one.workload} (for ${one.for})`);
    return [
      ...(unschedulable.length > 0 ? [`${where}: no place for ${unschedulable.join(', ')}`] : []),
      ...(patient.length > 0 ? [`${where}: wait by design ${patient.join(', ')}`] : []),
    ];
  });
  return [
    ...places,
    ...(largestPod ? [`Largest pod: ${largestText(report)}`] : []),
    ...tooLarge.map(({ workload, asks }) => `Too large for every node: ${workload} (${sizeText(asks)})`),
    ...unknownTypes.map(({ group, type }) => `Not known: what ${type} of group '${group}' has`),
    ...unknownSystem.map((name) => `Not known, and counted as nothing: what ${name} takes`),
  ];
}

function largestText({ largestPod }: CapacityReport): string {
  const { workload, asks, group, percent: part } = largestPod!;
  const share =
    group === undefined
      ? ''
      : part === undefined
        ? `, which ${group} does not have`
        : `, ${part} % of a node of ${group}`;
  return `${workload} (${sizeText(asks)})${share}`;
}

/** '250m CPU and 512Mi'. */
export function sizeText(asks: Amounts): string {
  const gpus = asks.gpus > 0 ? ` and ${asks.gpus} GPU${asks.gpus === 1 ? '' : 's'}` : '';
  return `${amount('cpu', asks.cpu)} CPU, ${amount('memory', asks.memory)}${gpus}`;
}

function amount(resource: keyof Amounts, value: number): string {
  switch (resource) {
    case 'cpu':
      return `${value}m`;
    case 'memory':
    case 'ephemeralStorage':
      return `${Math.ceil(value)}Mi`;
    default:
      return String(value);
  }
}

function percent(asked: number, available: number): string {
  return asked === 0 ? '-' : available <= 0 ? 'none' : `${Math.ceil((asked / available) * 100)} %`;
}

/** Columns as wide as their widest cell. */
function aligned(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
