import type { SELinuxOptions } from '../../imports/kubernetes';
import { listed } from '../text';
import type { Control, Violation } from './control';

const TYPES = ['container_t', 'container_init_t', 'container_kvm_t'];
const TYPES_SINCE_31 = [...TYPES, 'container_engine_t'];

/** Pods choose no SELinux user or role, and only types of containers. */
export const seLinuxOptions: Control = {
  id: 'seLinuxOptions',
  level: 'baseline',
  violations: ({ contexts }, version) => {
    const types = version >= 31 ? TYPES_SINCE_31 : TYPES;
    return contexts.flatMap(({ context, field, container }): Violation[] => {
      const options = context.seLinuxOptions ?? {};
      const wrong = wrongOptions(options, types);
      return wrong.length === 0
        ? []
        : [
            {
              field: `${field}.seLinuxOptions.${wrong[0]}`,
              container,
              has: wrong.map((key) => `securityContext.seLinuxOptions.${key}: '${options[key]}'`).join(', '),
              fix: wrong[0] === 'type' ? `write one of ${listed(types)}, or delete type` : `delete ${wrong.join(', ')}`,
              admittedBy: 'privileged',
            },
          ];
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
