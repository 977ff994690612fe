import { containerOf, web } from '../support/app';
import { refusedBy } from '../support/findings';

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
    ['missing', undefined, ['props/required', 'resources']],
    ['without cpu', { memory: '1Gi' }, ['props/type', 'resources.cpu']],
    ['without memory', { cpu: '1' }, ['props/type', 'resources.memory']],
    ['with a number', { cpu: 1, memory: '1Gi' }, ['props/type', 'resources.cpu']],
    ['with a unit of its own', { cpu: '1', memory: '512MB' }, ['props/invalid', 'resources.memory']],
    ['with millibytes', { cpu: '1', memory: '512m' }, ['props/invalid', 'resources.memory']],
    ['with bytes where mebibytes are meant', { cpu: '1', memory: '512' }, ['props/invalid', 'resources.memory']],
    ['of nothing', { cpu: '0', memory: '1Gi' }, ['props/invalid', 'resources.cpu']],
    ['with a CPU limit below', { ...least, cpuLimit: '249m' }, ['props/invalid', 'resources.cpuLimit']],
    ['with a memory limit below', { ...least, memoryLimit: '511Mi' }, ['props/invalid', 'resources.memoryLimit']],
    ['with no limit of memory', { ...least, memoryLimit: 'none' }, ['props/invalid', 'resources.memoryLimit']],
    ['with a device without domain', { ...least, devices: { gpu: 1 } }, ['props/invalid', "resources.devices['gpu']"]],
    [
      'with part of a device',
      { ...least, devices: { 'nvidia.com/gpu': 0.5 } },
      ['props/invalid', "resources.devices['nvidia.com/gpu']"],
    ],
    ['with storage of zero', { ...least, ephemeralStorage: '0' }, ['props/invalid', 'resources.ephemeralStorage']],
    ['with a misspelt key', { ...least, mem: '1Gi' }, ['props/unknown', 'resources.mem']],
  ])('%s are refused', (_what, resources, expected) => {
    expect(refusedBy(() => web({ resources }))).toEqual(expected);
  });
});
