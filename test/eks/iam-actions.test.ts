import { isOfShape, namedAction } from '../../eks/iam-actions';
import { IAM_DATA, IAM_DATA_DATE } from '../../eks/iam-data';

describe('the actions of IAM', () => {
  it('are of a day', () => {
    expect(IAM_DATA_DATE).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
  });

  it('name kinds of resources that their service has, each with a shape', () => {
    const services = IAM_DATA.trim().split(/^= /m).slice(1);
    expect(services.length).toBeGreaterThan(25);
    for (const text of services) {
      const [head = '', ...lines] = text.trimEnd().split('\n');
      const kinds = new Set(
        head
          .split(' ')
          .slice(1)
          .map((kind) => kind.split('=')[0]),
      );
      const named = lines.flatMap((line) => line.split(':')[0]!.replace('?', '').split(',').filter(Boolean));
      expect(named.filter((kind) => !kinds.has(kind))).toEqual([]);
      expect(
        lines.flatMap((line) => line.split(': ')[1]!.split(' ')).filter((name) => !/^[A-Za-z]\w+$/.test(name)),
      ).toEqual([]);
    }
  });

  it('are found whatever the case, with their kinds', () => {
    expect(namedAction('s3:getobject')).toMatchObject({ names: ['GetObject'], hasResources: true });
    expect(namedAction('sqs:ReceiveMessage')!.shapes).toEqual(['sqs:*:*:*']);
    expect(namedAction('sqs:ListQueues')).toMatchObject({ names: ['ListQueues'], shapes: [], hasResources: false });
  });

  it('that may work on nothing have a kind, and need none', () => {
    expect(namedAction('cloudwatch:PutMetricData')).toMatchObject({
      shapes: ['cloudwatch:*:*:dataset/*'],
      hasResources: false,
    });
  });

  it('with wildcards are all that match', () => {
    expect(namedAction('sqs:List*')!.names).toEqual([
      'ListQueues',
      'ListDeadLetterSourceQueues',
      'ListMessageMoveTasks',
      'ListQueueTags',
    ]);
    expect(namedAction('sqs:List*')!.hasResources).toBe(false);
    expect(namedAction('sqs:Queue*')!.names).toEqual([]);
  });

  it('of services that the list does not have are not judged', () => {
    expect(namedAction('ec2:RunInstances')).toBeUndefined();
    expect(namedAction('*')).toBeUndefined();
  });

  it.each([
    ['*', 'sqs:*:*:*', true],
    ['arn:aws:sqs:us-west-2:111122223333:mail', 'sqs:*:*:*', true],
    ['arn:aws:sqs:us-west-2:*', 'sqs:*:*:*', true],
    ['arn:aws:s*', 'sqs:*:*:*', true],
    ['arn:aws:sns:us-west-2:111122223333:mail', 'sqs:*:*:*', false],
    ['arn:aws:dynamodb:us-west-2:111122223333:table/a', 'dynamodb:*:*:table/*/index/*', false],
    ['arn:aws:dynamodb:us-west-2:111122223333:table/a*', 'dynamodb:*:*:table/*/index/*', true],
    ['arn:aws:secretsmanager:us-west-2:*:secret:a-??????', 'secretsmanager:*:*:secret:*', true],
    ['arn:aws:s3:::bucket', 's3:::*/*', false],
    ['mail', 'sqs:*:*:*', false],
  ])('%s against %s: %s', (resource, shape, expected) => {
    expect(isOfShape(resource, shape)).toBe(expected);
  });
});
