export default [['a rollout is not paused', '...(paused ? { paused } : {}),', '', { in: 'resolveTimes' }]];
