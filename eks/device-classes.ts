import { DEVICES, type Device } from './devices';

/**
 * Devices by the DeviceClass that their driver brings. What other classes need is not known. As of 2026-11.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/device-management.html
 */
export const DEVICE_CLASSES: Readonly<Record<string, Device>> = {
  'gpu.nvidia.com': DEVICES['nvidia.com/gpu']!,
  'mig.nvidia.com': DEVICES['nvidia.com/gpu']!,
  'neuron.aws.com': DEVICES['aws.amazon.com/neuron']!,
};
