import type { SELinuxOptions } from '../../imports/kubernetes';
import { listed } from '../text';
import { type Control, violationsIn } from './control';

const TYPES = ['container_t', 'container_init_t', 'container_kvm_t'];
const TYPES_SINCE_31 = [...TYPES, 'container_engine_t'];

/** Pods choose no SELinux user or role, and only types of containers. */
export const seLinuxOptions: Control = {
  id: 'seLinuxOptions',
  level: 'baseline',
  violations: ({ contexts }, version) => {
    const types = version >= 31 ? TYPES_SINCE_31 : TYPES;
    return violationsIn(contexts, ({ context, field, container }) => {
      const options = context.seLinuxOptions;
      const wrong = options === undefined ? [] : wrongOptions(options, types);
      return options === undefined || wrong.length === 0
        ? undefined
        : {
            field: `${field}.seLinuxOptions.${wrong[0]}`,
            container,
            has: wrong.map((key) => `securityContext.seLinuxOptions.${key}: '${options[key]}'`).join(', '),
            fix: wrong[0] === 'type' ? `write one of ${listed(types)}, or delete type` : `delete ${wrong.join(', ')}`,
            admittedBy: 'privileged',
          };
    });
  },
};

function wrongOptions({ type, user, role }: SELinuxOptions, types: readonly string[]) {
  return [
    ...(type && !types.includes(type) ? (['type'] as const) : []),
    ...(user ? (['user'] as const) : []),
    ...(role ? (['role'] as const) : []),
  ];
}
