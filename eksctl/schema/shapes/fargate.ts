import type { FargateProfile, FargateProfileSelector } from '../../types';
import { list, struct, TEXT, TEXT_LIST, TEXT_MAP } from '../kind';

export const FARGATE_PROFILE_SELECTOR = struct<FargateProfileSelector>('FargateProfileSelector', {
  labels: TEXT_MAP,
  namespace: TEXT,
});

export const FARGATE_PROFILE = struct<FargateProfile>('FargateProfile', {
  name: TEXT,
  podExecutionRoleARN: TEXT,
  selectors: list(FARGATE_PROFILE_SELECTOR),
  status: TEXT,
  subnets: TEXT_LIST,
  tags: TEXT_MAP,
});
