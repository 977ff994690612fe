import { planCluster } from '../../review/plan/cluster/plan-cluster';
import { CASES } from '../review/plan/cluster/cases';
import { configOf } from '../review/plan/cluster/cases/case';
import { awsCommands, awsVerdicts } from './commands';

const COMMANDS = [
  'eks associate-access-policy',
  'eks describe-addon',
  'eks describe-capability',
  'eks describe-cluster',
  'eks describe-fargate-profile',
  'eks describe-identity-provider-config',
  'eks describe-nodegroup',
  'eks disassociate-access-policy',
  'eks list-pod-identity-associations',
  'eks tag-resource',
  'eks untag-resource',
  'eks update-access-entry',
  'eks update-addon',
  'eks update-cluster-config',
  'eks update-nodegroup-config',
  'eks update-nodegroup-version',
  'iam delete-open-id-connect-provider',
  'iam list-open-id-connect-providers',
  'logs delete-retention-policy',
  'logs put-retention-policy',
];

const lines = CASES.flatMap(({ old, new: next }) =>
  planCluster(configOf(old), configOf(next)).steps.flatMap(({ command }) =>
    command?.includes('aws ') ? [command] : [],
  ),
);

test('AWS has the operations and options of every command of a listed change', () => {
  const commands = lines.flatMap(awsCommands);
  const verdicts = awsVerdicts(commands);
  expect(verdicts.flatMap(({ ok, msg }, i) => (ok ? [] : [`${JSON.stringify(commands[i])}: ${msg}`]))).toEqual([]);
});

test('the listed changes come to every command of the AWS CLI that a plan knows', () => {
  const names = lines.flatMap(awsCommands).map(({ service, operation }) => `${service} ${operation}`);
  expect([...new Set(names)].sort()).toEqual(COMMANDS);
});

test.each([
  ['aws eks update-clusters --name prod', 'no operation'],
  ['aws eks update-cluster-config --cluster prod', 'no option --cluster'],
  [`aws eks update-cluster-config --name prod --compute-config '{"on":true}'`, 'unknown field "on"'],
  ['aws eks tag-resource --resource-arn "$(aws eks describe-cluster --title prod --output text)"', 'no option --title'],
])('it refuses %s', (line, message) => {
  expect(
    awsVerdicts(awsCommands(line))
      .map(({ msg }) => msg)
      .join(),
  ).toContain(message);
});
