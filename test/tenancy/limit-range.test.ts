import { newApp, newCluster, newTenant, stateful, web } from '../support/app';
import { refusedBy } from '../support/findings';

const containers = (props: object, fill: (tenant: ReturnType<typeof newTenant>) => unknown = () => undefined) => {
  const tenant = newTenant({ ...props });
  fill(tenant);
  return tenant.limitRange.toJson().spec!.limits.find(({ type }) => type === 'Container')!;
};

describe('the sizes of containers', () => {
  it('begin where a unit is missing, and end with the memory of the quota', () => {
    const { min, max } = containers({}, (tenant) => web({ replicas: 3 }, tenant));
    expect(min).toEqual({ cpu: '1m', memory: '4M' });
    // eight pods of 512Mi: three, a quarter more, and as many again
    expect(max).toEqual({ memory: '4Gi' });
  });

  it('leave room for the default, where the quota has less', () => {
    expect(containers({}).max).toEqual({ memory: '256Mi' });
    expect(containers({ quota: { 'limits.memory': '1Mi' } }).max).toEqual({ memory: '256Mi' });
  });

  it('end with the memory of a quota that is given', () => {
    expect(containers({ quota: { 'limits.memory': '20Gi' } }).max).toEqual({ memory: '20Gi' });
  });

  it.each([
    ['none', { quota: 'none' }],
    ['one without memory limits', { quota: { pods: 3 } }],
  ])('have no end without a quota of memory: %s', (_what, props) => {
    expect(containers(props)).not.toHaveProperty('max');
  });

  it('are the user’s, each amount for itself', () => {
    const given = { min: { cpu: '10m' }, max: { cpu: '8' } };
    const { min, max } = containers({ containers: given }, (tenant) => stateful({}, tenant));
    expect(min).toEqual({ cpu: '10m', memory: '4M' });
    expect(max).toEqual({ cpu: '8', memory: '1Gi' });
    expect(containers({ containers: { max: { memory: '64Gi' } } }).max).toEqual({ memory: '64Gi' });
  });

  it.each([
    ['containers.max.memory', { max: { memory: '128Mi' } }, 'props/invalid'],
    ['containers.max.cpu', { max: { cpu: '50m' } }, 'props/invalid'],
    ['containers.min.cpu', { min: { cpu: '200m' } }, 'props/invalid'],
    ['containers.min.memory', { min: { memory: '1Gi' } }, 'props/invalid'],
    ['containers.max.cpu', { max: { cpu: 8 } }, 'props/type'],
    ['containers.max.gpu', { max: { gpu: '1' } }, 'props/unknown'],
    ['containers.most', { most: { cpu: '1' } }, 'props/unknown'],
  ])('that contradict the defaults, or have another form, are refused: %s', (field, given, rule) => {
    const tenant = () => newTenant({ containers: given } as never, newCluster(newApp()));
    expect(refusedBy(tenant)).toEqual([rule, field]);
  });
});
