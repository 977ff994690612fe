import { containerOf, refusal, web } from '../support/app';

const resourcesOf = (resources: unknown) => containerOf(web({ resources })).resources;
const least = { cpu: '250m', memory: '512Mi' };

describe('resources of a container', () => {
  it('by default: memory limit = request, CPU limit = 4 x request, ephemeral storage of 1Gi', () => {
    expect(resourcesOf(least)).toEqual({
      requests: { cpu: '250m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
    });
  });

  it.each([
    ['100m', '400m'],
    ['0.1', '400m'],
    ['1.5', '6'],
    ['2', '8'],
    ['1m', '4m'],
  ])('a CPU request of %s gets the limit %s', (cpu, limit) => {
    const { requests, limits } = resourcesOf({ ...least, cpu })!;
    expect(requests?.cpu).toBe(cpu);
    expect(limits?.cpu).toBe(limit);
  });

  it("cpuLimit 'none' leaves the CPU limit out, and the others in", () => {
    expect(resourcesOf({ ...least, cpuLimit: 'none' })!.limits).toEqual({
      memory: '512Mi',
      'ephemeral-storage': '1Gi',
    });
  });

  it('limits are the user’s where given', () => {
    expect(resourcesOf({ ...least, cpuLimit: '300m', memoryLimit: '1Gi' })!.limits).toMatchObject({
      cpu: '300m',
      memory: '1Gi',
    });
    expect(resourcesOf({ ...least, memoryLimit: '1Gi' })!.requests?.memory).toBe('512Mi');
  });

  it('limits may equal requests in other words', () => {
    const { limits } = resourcesOf({ cpu: '1', memory: '1Gi', cpuLimit: '1000m', memoryLimit: '1024Mi' })!;
    expect(limits).toMatchObject({ cpu: '1000m', memory: '1024Mi' });
  });

  it('ephemeral storage is request and limit', () => {
    const { requests, limits } = resourcesOf({ ...least, ephemeralStorage: '5Gi' })!;
    expect([requests?.['ephemeral-storage'], limits?.['ephemeral-storage']]).toEqual(['5Gi', '5Gi']);
  });

  it('devices are request and limit, as texts', () => {
    const { requests, limits } = resourcesOf({ ...least, devices: { 'nvidia.com/gpu': 2 } })!;
    expect([requests?.['nvidia.com/gpu'], limits?.['nvidia.com/gpu']]).toEqual(['2', '2']);
  });

  it.each([
    ['missing', undefined, /no resources.*write resources: \{ cpu/i],
    ['without cpu', { memory: '1Gi' }, /resources\.cpu missing is no Kubernetes quantity/],
    ['without memory', { cpu: '1' }, /resources\.memory missing/],
    ['with a number', { cpu: 1, memory: '1Gi' }, /resources\.cpu 1 is no Kubernetes quantity/],
    ['with a unit of its own', { cpu: '1', memory: '512MB' }, /resources\.memory '512MB' is no Kubernetes quantity/],
    ['with millibytes', { cpu: '1', memory: '512m' }, /less than 4 MB.*'512Mi' is 512 mebibytes/],
    ['with bytes where mebibytes are meant', { cpu: '1', memory: '512' }, /less than 4 MB/],
    ['of nothing', { cpu: '0', memory: '1Gi' }, /resources\.cpu is zero/],
    ['with a CPU limit below', { ...least, cpuLimit: '249m' }, /cpu requests '250m', more than its limit '249m'/],
    ['with a memory limit below', { ...least, memoryLimit: '511Mi' }, /memory requests '512Mi', more than its limit/],
    ['with no limit of memory', { ...least, memoryLimit: 'none' }, /resources\.memoryLimit 'none' is no Kubernetes/],
    ['with a device without domain', { ...least, devices: { gpu: 1 } }, /'gpu' is no resource name/],
    ['with part of a device', { ...least, devices: { 'nvidia.com/gpu': 0.5 } }, /'nvidia\.com\/gpu' is 0\.5/],
    ['with storage of zero', { ...least, ephemeralStorage: '0' }, /ephemeralStorage is zero/],
    ['with a misspelt key', { ...least, mem: '1Gi' }, /unknown key 'mem' in resources/],
  ])('%s are refused', (_what, resources, message) => {
    expect(refusal(() => web({ resources }))).toMatch(message);
  });
});
